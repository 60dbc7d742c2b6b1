import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { idField } from '../fields.ts';
import { ROLES } from '../permissions.ts';
import { credentialParams, credentialSchema } from './view.ts';

/** Lets exactly these use a credential, beside its owner and managers; using is not reading. 403 `credential_not_yours`; 422 `member_unknown`. */
export const shareCredential = defineEndpoint({
  method: 'PUT',
  path: '/api/v1/credentials/:credentialId/grants',
  summary: 'Share a connection',
  params: credentialParams,
  body: z.strictObject({
    grants: z
      .array(
        z.union([
          z.strictObject({ kind: z.literal('user'), userId: idField }),
          z.strictObject({ kind: z.literal('role'), role: z.enum(ROLES) }),
        ]),
      )
      .max(200),
  }),
  answer: { status: 200, body: credentialSchema },
});
