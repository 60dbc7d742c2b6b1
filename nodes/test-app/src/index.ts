import { action, bearer, defineConnector, hmac, oauth2, secretField, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';

const VENDOR = 'http://127.0.0.1:18471';
const signingSecret = secretField('signingSecret', 'Signing secret', { required: false });
const said = z.object({ id: z.string(), kind: z.string(), channel: z.string() });

/** What is said of one kind in a channel, in whatever account. */
function saying(title: string, kind: string): ConnectorTriggerSpec {
  const sample = { id: 'e1', kind, channel: 'news' };
  return {
    title,
    description: `When a ${kind} comes to a channel.`,
    input: z.strictObject({ channel: z.string().optional().meta({ title: 'Channel' }) }),
    output: { schema: said, sample },
    example: { channel: sample.channel },
    webhook: {
      scope: 'app',
      // A delivery holds events of several accounts.
      route: 'account',
      account: { get: '/account', from: 'body.id' },
      ownSecret: 'credential.signingSecret',
      verify: hmac('sha256', {
        header: 'x-signature',
        over: '{{timestamp}}.{{raw}}',
        timestampHeader: 'x-time',
        secret: 'client.signingSecret',
        maxAge: '5m',
      }),
      challenge: { kind: 'echo', from: 'body.challenge', as: 'text' },
      split: 'body.events',
      only: { kind, channel: '{{channel}}' },
      dedupe: 'id',
    },
  };
}

/** One address for the events of all accounts. */
export default defineConnector({
  key: 'testapp',
  title: 'Test app',
  version: '1.0.0',
  categories: ['tests'],
  baseUrl: VENDOR,
  auth: {
    oauth: oauth2({
      authorizeUrl: `${VENDOR}/authorize`,
      tokenUrl: `${VENDOR}/token`,
      scopes: ['events'],
      fields: [signingSecret],
      console: { url: 'https://vendor.example.com/apps' },
    }),
    token: bearer({ fields: [signingSecret] }),
  },
  test: { get: '/account', show: '{{name}}' },
  errors: { message: 'body.message' },
  events: { place: 'Events › Address', signingSecret: 'Signing secret' },
  triggers: { message: saying('Message', 'message'), reaction: saying('Reaction', 'reaction') },
  actions: {
    'account.get': action({
      title: 'Get account',
      description: 'Whose token it is.',
      aliases: ['account'],
      effect: 'read',
      input: z.strictObject({}),
      request: { get: '/account' },
      output: { schema: z.object({ id: z.string() }), sample: { id: 'a1' } },
      example: {},
    }),
  },
});
