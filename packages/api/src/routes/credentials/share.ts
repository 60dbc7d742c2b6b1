import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { credentialGrants, members } from '@millwright/db';
import { requireOwn, viewOf } from '../../credentials/access.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `PUT /api/v1/credentials/:credentialId/grants` */
export const shareCredential = defineRoute(
  endpoints.credentials.share,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.shared' },
  async ({ params: { credentialId }, body, principal, write }, deps) =>
    write(async (tx, audit) => {
      await requireOwn(tx, credentialId, principal);
      const known = new Set((await members.list(tx)).map(({ userId }) => userId));
      const grants = body.grants.map((grant) =>
        grant.kind === 'user' ? { kind: grant.kind, subject: grant.userId } : { kind: grant.kind, subject: grant.role },
      );
      if (grants.some(({ kind, subject }) => kind === 'user' && !known.has(subject))) throw unknownMember();
      await credentialGrants.replace(tx, credentialId, { grants, by: principal.userId });
      await audit({ kind: 'credential', id: credentialId }, { with: grants.map(({ kind, subject }) => `${kind}:${subject}`).join(' ') });
      return viewOf(tx, credentialId, { deps, principal });
    }),
);

function unknownMember(): UserError {
  return new UserError('unprocessable', {
    code: 'member_unknown',
    message: 'One of the people is no member of this workspace.',
    hint: 'Invite the person first.',
  });
}
