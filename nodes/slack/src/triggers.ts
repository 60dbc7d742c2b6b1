import { hmac, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';
import { channel } from './fields.ts';

/** An app has room for one address: Slack sends there what happens in all workspaces that installed the app. */
function events(only: Readonly<Record<string, string>>, dedupe: string): NonNullable<ConnectorTriggerSpec['webhook']> {
  return {
    scope: 'app',
    // https://docs.slack.dev/apis/events-api: the callback's outer fields
    route: 'body.team_id',
    account: { get: '/auth.test', from: 'body.team_id' },
    ownSecret: 'credential.signingSecret',
    // https://docs.slack.dev/authentication/verifying-requests-from-slack
    verify: hmac('sha256', {
      header: 'x-slack-signature',
      format: 'v0={{signature}}',
      over: 'v0:{{timestamp}}:{{raw}}',
      timestampHeader: 'x-slack-request-timestamp',
      secret: 'client.signingSecret',
      maxAge: '5m',
    }),
    challenge: { kind: 'echo', from: 'body.challenge', as: 'text' },
    split: 'body.event',
    only,
    dedupe,
  };
}

const message = z.object({ type: z.string(), ts: z.string() });
const sample = { type: 'message', channel: 'C012AB3CD', user: 'U012AB3CD', text: 'The build is green', ts: '1503435956.000247' };

export const messagePosted: ConnectorTriggerSpec = {
  title: 'Message',
  description: 'When something is written in a channel. What this app writes comes too: look at "bot_id" where it answers itself.',
  aliases: ['chat', 'nachricht'],
  input: z.strictObject({ channel }),
  output: { schema: message, sample },
  example: { channel: sample.channel },
  webhook: events({ type: 'message', channel: '{{channel}}' }, 'ts'),
  poll: {
    use: 'channel.history',
    input: { channel: '{{channel}}', oldest: '{{cursor}}' },
    every: '5m',
    cursor: { field: 'ts' },
    dedupe: 'ts',
  },
};

export const appMentioned: ConnectorTriggerSpec = {
  title: 'Mention',
  description: 'When somebody writes to the app by its name.',
  aliases: ['@', 'bot', 'erwähnung'],
  input: z.strictObject({ channel: channel.optional() }),
  output: { schema: message, sample: { ...sample, type: 'app_mention', text: '<@U0LAN0Z89> is it green?' } },
  example: {},
  webhook: events({ type: 'app_mention', channel: '{{channel}}' }, 'channel+ts'),
};

export const reactionAdded: ConnectorTriggerSpec = {
  title: 'Reaction',
  description: 'When an emoji is put below a message.',
  aliases: ['emoji', 'approve', 'reaktion'],
  input: z.strictObject({
    channel: channel.optional(),
    reaction: z
      .string()
      .max(100)
      .optional()
      .meta({ title: 'Emoji', description: 'Its name without colons. Empty: any.', field: { placeholder: 'white_check_mark' } }),
  }),
  output: {
    schema: z.object({ user: z.string(), reaction: z.string(), item: z.record(z.string(), z.json()), event_ts: z.string() }),
    sample: {
      user: sample.user,
      reaction: 'white_check_mark',
      item: { type: 'message', channel: sample.channel, ts: sample.ts },
      event_ts: '1503435999.000100',
    },
  },
  example: {},
  webhook: events({ type: 'reaction_added', 'item.channel': '{{channel}}', reaction: '{{reaction}}' }, 'event_ts+user+reaction'),
};
