import { action, hmac, z, type ConnectorTriggerSpec } from '@millwright/node-sdk';

const thing = z.object({ id: z.string(), n: z.int() });
const input = z.strictObject({ shelf: z.string().min(1).meta({ title: 'Shelf' }) });
const sample = { id: 'a', n: 1 };
const example = { shelf: 'top' };

/** What a shelf holds, from a number on. */
export const thingList = action({
  title: 'List things',
  description: 'What a shelf holds.',
  aliases: ['shelf'],
  effect: 'read',
  input: input.extend({ since: z.string().optional().meta({ title: 'Since' }) }),
  request: { get: '/shelves/{{shelf}}', query: { since: '{{since}}' } },
  pages: 'all',
  output: { schema: thing, sample },
  example,
});

/** Asked for, every second. */
export const thingAdded: ConnectorTriggerSpec = {
  title: 'Thing added',
  description: 'When a thing comes to a shelf.',
  input,
  output: { schema: thing, sample },
  example,
  poll: {
    use: 'thing.list',
    input: { shelf: '{{shelf}}', since: '{{cursor}}' },
    every: '1s',
    cursor: { field: 'n' },
    dedupe: 'id',
  },
};

/** Delivered; a subscription lasts a few seconds. */
export const thingChanged: ConnectorTriggerSpec = {
  title: 'Thing changed',
  description: 'When a thing on a shelf changes.',
  input,
  output: { schema: thing, sample },
  example,
  webhook: {
    subscribe: {
      post: '/subscriptions',
      body: { shelf: '{{shelf}}', url: '{{callback.url}}', secret: '{{callback.secret}}' },
      keep: { id: 'body.id' },
    },
    unsubscribe: { delete: '/subscriptions/{{kept.id}}' },
    renew: { put: '/subscriptions/{{kept.id}}', every: '3s' },
    verify: hmac('sha256', {
      header: 'x-signature',
      over: '{{timestamp}}.{{raw}}',
      timestampHeader: 'x-time',
      secret: 'kept.secret',
      maxAge: '5m',
    }),
    challenge: { kind: 'echo', from: 'query.challenge', as: 'text' },
    dedupe: 'id',
  },
};

/** Delivered where the service takes our address, else asked for. */
export const thingMoved: ConnectorTriggerSpec = {
  ...thingChanged,
  title: 'Thing moved',
  description: 'When a thing comes to a shelf: told, or asked for.',
  ...(thingAdded.poll === undefined ? {} : { poll: thingAdded.poll }),
};
