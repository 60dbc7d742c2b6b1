import { action, field, idempotent, z } from '@millwright/node-sdk';
import { blocks, channel, FORM, since, text, toTs, ts, user, withBlocks } from '../fields.ts';

const posted = z.object({ ok: z.boolean(), channel: z.string(), ts: z.string() });
const where = { channel: 'C012AB3CD', ts: '1503435956.000247' };
const sample = { ok: true, ...where };
const message = z.object({ type: z.string(), text: z.string(), ts: z.string() });
const read = { type: 'message', user: 'U012AB3CD', text: 'The build is green', ts: where.ts };
const thread = ts
  .optional()
  .meta({ title: 'Thread', description: 'The "ts" of the message that is answered.', field: { placeholder: where.ts } });

export const messagePost = action({
  title: 'Send message',
  description: 'Writes into a channel, a thread or to a person.',
  aliases: ['post', 'chat', 'reply', 'nachricht', 'senden'],
  // Slack takes no keys, and a channel may hold one text twice.
  effect: idempotent.unsafe(),
  limit: 'messages',
  input: z.strictObject({
    channel,
    text,
    blocks,
    thread_ts: thread,
    reply_broadcast: field.flag('Show the answer in the channel too').default(false),
    unfurl_links: field.flag('Preview of links').default(true),
  }),
  request: { post: '/chat.postMessage', body: ({ input }) => withBlocks(input), as: FORM },
  output: { schema: posted, sample },
  example: {
    channel: where.channel,
    text: 'The build is green',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Green*' } }],
  },
});

export const messageEphemeral = action({
  title: 'Send message to one person only',
  description: 'Writes into a channel what only one person sees.',
  aliases: ['ephemeral', 'private', 'nachricht', 'nur sichtbar für'],
  effect: idempotent.unsafe(),
  limit: 'messages',
  input: z.strictObject({ channel, user, text, blocks, thread_ts: thread }),
  request: { post: '/chat.postEphemeral', body: ({ input }) => withBlocks(input), as: FORM },
  output: { schema: z.object({ ok: z.boolean(), message_ts: z.string() }), sample: { ok: true, message_ts: where.ts } },
  example: { channel: where.channel, user: 'U012AB3CD', text: 'Only for you' },
});

export const messageUpdate = action({
  title: 'Update message',
  description: 'Changes a message that this app wrote.',
  aliases: ['edit', 'nachricht', 'bearbeiten'],
  effect: idempotent.natural('channel', 'ts'),
  input: z.strictObject({ channel, ts, text, blocks }),
  request: { post: '/chat.update', body: ({ input }) => withBlocks(input), as: FORM },
  output: { schema: posted, sample },
  example: { ...where, text: 'The build is red' },
});

export const messageDelete = action({
  title: 'Delete message',
  description: 'Deletes a message that this app wrote.',
  aliases: ['remove', 'nachricht', 'löschen'],
  effect: idempotent.natural('channel', 'ts'),
  input: z.strictObject({ channel, ts }),
  request: { post: '/chat.delete', body: { channel: '{{channel}}', ts: '{{ts}}' }, as: FORM },
  // Deleting it again finds nothing: it is gone all the same.
  errors: { done: ['message_not_found'] },
  output: { schema: posted, sample, map: (_answer, { input }) => ({ ok: true, channel: input.channel, ts: input.ts }) },
  example: where,
});

export const messagePermalink = action({
  title: 'Get link to message',
  description: "Gives a message's address.",
  aliases: ['permalink', 'url', 'adresse'],
  effect: 'read',
  input: z.strictObject({ channel, ts }),
  request: { get: '/chat.getPermalink', query: { channel: '{{channel}}', message_ts: '{{ts}}' } },
  output: {
    schema: z.object({ channel: z.string(), permalink: z.string() }),
    sample: { channel: where.channel, permalink: 'https://example.slack.com/archives/C012AB3CD/p1503435956000247' },
  },
  example: where,
});

export const messageReplies = action({
  title: 'List replies',
  description: 'A thread: the message and what was answered.',
  aliases: ['thread', 'antworten'],
  effect: 'read',
  pages: 'messages',
  input: z.strictObject({ channel, ts }),
  request: { get: '/conversations.replies', query: { channel: '{{channel}}', ts: '{{ts}}' } },
  output: { schema: message, sample: read },
  example: where,
});

export const channelHistory = action({
  title: 'List messages',
  description: 'What was written in a channel, the newest first; replies are in their threads.',
  aliases: ['history', 'read', 'verlauf', 'nachrichten'],
  effect: 'read',
  pages: 'messages',
  input: z.strictObject({ channel, oldest: since('From'), latest: since('Until') }),
  request: {
    get: '/conversations.history',
    query: ({ input }) => ({ channel: input.channel, oldest: toTs(input.oldest), latest: toTs(input.latest) }),
  },
  output: { schema: message, sample: read },
  example: { channel: where.channel, oldest: '2026-01-31T00:00:00Z' },
});

export const reactionAdd = action({
  title: 'Add reaction',
  description: 'Puts an emoji below a message.',
  aliases: ['emoji', 'reaktion'],
  effect: idempotent.natural('channel', 'ts', 'name'),
  input: z.strictObject({
    channel,
    ts,
    name: z
      .string()
      .regex(/^[^\s:]+$/)
      .max(100)
      .meta({ title: 'Emoji', description: 'Its name without colons.', field: { placeholder: 'thumbsup' } }),
  }),
  request: { post: '/reactions.add', body: { channel: '{{channel}}', timestamp: '{{ts}}', name: '{{name}}' }, as: FORM },
  errors: { done: ['already_reacted'] },
  output: { schema: posted, sample, map: (_answer, { input }) => ({ ok: true, channel: input.channel, ts: input.ts }) },
  example: { ...where, name: 'thumbsup' },
});
