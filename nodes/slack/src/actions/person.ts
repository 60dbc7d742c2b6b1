import { action, z } from '@millwright/node-sdk';
import { user } from '../fields.ts';

const schema = z.object({ id: z.string(), name: z.string(), profile: z.record(z.string(), z.json()) });
const sample = { id: 'U012AB3CD', name: 'ada', profile: { real_name: 'Ada Lovelace', email: 'ada@example.com' } };

export const userFind = action({
  title: 'Find person by email',
  description: 'Gives the person with an email address; an error where there is none.',
  aliases: ['lookup', 'user', 'person', 'suchen'],
  effect: 'read',
  input: z.strictObject({ email: z.email().meta({ title: 'Email', field: { placeholder: 'ada@example.com' } }) }),
  request: { get: '/users.lookupByEmail', query: { email: '{{email}}' } },
  output: { at: 'body.user', schema, sample },
  example: { email: 'ada@example.com' },
});

export const userGet = action({
  title: 'Get person',
  description: 'Reads one person.',
  aliases: ['user', 'info', 'person'],
  effect: 'read',
  input: z.strictObject({ user }),
  request: { get: '/users.info', query: { user: '{{user}}' } },
  output: { at: 'body.user', schema, sample },
  example: { user: sample.id },
});

export const userList = action({
  title: 'List people',
  description: 'Everybody in the workspace, apps and those who left too.',
  aliases: ['users', 'members', 'personen'],
  effect: 'read',
  pages: 'users',
  limit: 'lists',
  input: z.strictObject({}),
  request: { get: '/users.list' },
  output: { schema, sample },
  example: {},
});
