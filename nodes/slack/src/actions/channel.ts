import { action, field, idempotent, z } from '@millwright/node-sdk';
import { channel, FORM } from '../fields.ts';

const schema = z.object({ id: z.string(), name: z.string(), is_private: z.boolean() });
const sample = { id: 'C012AB3CD', name: 'general', is_private: false };

export const channelList = action({
  title: 'List channels',
  description: 'Channels that the app may see.',
  aliases: ['conversations', 'kanäle'],
  effect: 'read',
  pages: 'channels',
  limit: 'lists',
  input: z.strictObject({
    types: field
      .choice('Kind', {
        public_channel: 'Public',
        private_channel: 'Private',
        'public_channel,private_channel': 'Public and private',
        im: 'Direct messages',
      })
      .default('public_channel'),
    exclude_archived: field.flag('Leave out archived').default(true),
  }),
  request: { get: '/conversations.list', query: { types: '{{types}}', exclude_archived: '{{exclude_archived}}' } },
  output: { schema: z.object({ id: z.string() }), sample },
  example: { types: 'public_channel' },
});

export const channelCreate = action({
  title: 'Create channel',
  description: 'Opens a channel; its name is free only once.',
  aliases: ['conversation', 'kanal', 'anlegen'],
  // The name keeps it from being made twice: a second try is told "name_taken".
  effect: idempotent.natural('name'),
  input: z.strictObject({
    name: z
      .string()
      .regex(/^[^\sA-Z.]{1,80}$/)
      .meta({ title: 'Name', description: 'Small letters, digits, hyphens; up to 80.', field: { placeholder: 'project-apollo' } }),
    is_private: field.flag('Private').default(false),
  }),
  request: { post: '/conversations.create', body: { name: '{{name}}', is_private: '{{is_private}}' }, as: FORM },
  output: { at: 'body.channel', schema, sample: { ...sample, name: 'project-apollo' } },
  example: { name: 'project-apollo' },
});

export const channelInvite = action({
  title: 'Invite to channel',
  description: 'Adds people to a channel.',
  aliases: ['add', 'member', 'kanal', 'einladen'],
  effect: idempotent.natural('channel', 'users'),
  input: z.strictObject({
    channel,
    users: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(100)
      .meta({ title: 'People', description: 'A list of their ids.', field: { control: 'json' } }),
  }),
  request: {
    post: '/conversations.invite',
    body: ({ input }) => ({ channel: input.channel, users: input.users.join(',') }),
    as: FORM,
  },
  errors: { done: ['already_in_channel'] },
  output: { schema: z.object({ ok: z.boolean() }), sample: { ok: true }, map: () => ({ ok: true }) },
  example: { channel: sample.id, users: ['U012AB3CD', 'U012AB3CE'] },
});

export const memberList = action({
  title: 'List members',
  description: 'Who is in a channel, by id.',
  aliases: ['people', 'channel', 'mitglieder'],
  effect: 'read',
  pages: 'members',
  input: z.strictObject({ channel }),
  request: { get: '/conversations.members', query: { channel: '{{channel}}' } },
  output: { schema: z.object({ id: z.string() }), sample: { id: 'U012AB3CD' }, map: (id) => ({ id: typeof id === 'string' ? id : '' }) },
  example: { channel: sample.id },
});
