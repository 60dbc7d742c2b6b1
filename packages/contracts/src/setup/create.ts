import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { emailField, nameField, newPasswordField } from '../fields.ts';
import { sessionViewSchema } from '../session/view.ts';

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Creates the first owner and her workspace, and signs her in. 409 `owner_exists` once there is one. */
export const createSetup = defineEndpoint({
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'Create the first owner and the workspace',
  body: z.strictObject({
    name: nameField,
    email: emailField,
    password: newPasswordField,
    workspaceName: nameField,
    /** IANA zone, such as `Europe/Berlin`. */
    timezone: z.string().max(64).refine(isTimezone, 'not an IANA time zone').default('UTC'),
    language: z.enum(['en', 'de']).default('en'),
  }),
  answer: { status: 201, body: sessionViewSchema },
});
