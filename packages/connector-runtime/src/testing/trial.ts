import type { JsonValue } from '@millwright/core';
import type { EgressRequest } from '@millwright/egress';
import {
  action,
  bearer,
  defineConnector,
  idempotent,
  link,
  oauth2,
  z,
  type ConnectorPackage,
  type ConnectorSpec,
} from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { createConnectorRuntime } from '../create-runtime.ts';
import type { CredentialLender, LentCredential } from '../lender.ts';

const text = z.string().meta({ title: 'Text' });
const output = { schema: z.object({ id: z.int() }), sample: { id: 1 } };
const base = { title: 'Do', description: 'Does.', output, input: z.strictObject({ id: text }), example: { id: 'a' } };
const read = action({ ...base, effect: 'read', request: { get: '/items/{{id}}' } });
const write = (effect: ConnectorSpec['actions'][string]['effect']) =>
  action({ ...base, effect, request: { post: '/items', body: { id: '{{id}}' } } });

/** A service with one action of each kind of write. */
export const connector = defineConnector({
  key: 'trial',
  title: 'Trial',
  version: '1.0.0',
  categories: ['x'],
  baseUrl: 'https://api.example.com',
  test: {
    get: '/me',
    show: 'Hi {{body.name}}',
  },
  auth: {
    oauth: oauth2({
      authorizeUrl: 'https://a.example.com',
      tokenUrl: 'https://a.example.com/t',
    }),
    token: bearer(),
  },
  errors: {
    message: 'body.message',
    code: 'body.code',
    newKey: ['card_declined'],
  },
  actions: {
    get: read,
    every: action({
      ...base,
      effect: 'read',
      pages: link({ items: 'body' }),
      request: { get: '/items' },
    }),
    keyed: write(idempotent.header('Idempotency-Key')),
    uuid: write(idempotent.header('X-Request-Id', { format: 'uuid' })),
    upsert: write(idempotent.natural('id')),
    unsafe: write(idempotent.unsafe()),
    found: write(
      idempotent.lookup(
        {
          get: '/items',
          query: { q: '{{id}}' },
        },
        'body[0]',
      ),
    ),
  },
});

/** An answer of the service. Default 200 with `{ id: 1 }`. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

/** Answers in turn, the last one for ever; an error is thrown as the egress does. */
export function trial(
  answers: readonly (Answer | Error)[],
  {
    hosts = ['api.example.com'],
    nodePackage = connector,
  }: { readonly hosts?: readonly string[]; readonly nodePackage?: ConnectorPackage } = {},
) {
  const told: string[] = [];
  const sent: EgressRequest[] = [];
  let generation = 0;
  let nowMs = Date.UTC(2026, 0, 1);
  const egress = {
    request: (request: EgressRequest) => {
      told.push(`sent ${request.method}`);
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
      if (answer instanceof Error) return Promise.reject(answer);
      const body = new TextEncoder().encode(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? { id: 1 }));
      const type = typeof answer.body === 'string' ? 'text/html' : 'application/json';
      return Promise.resolve({
        status: answer.status ?? 200,
        headers: { 'content-type': type, ...answer.headers },
        body,
        url: request.url,
      });
    },
  };
  const { auth } = nodePackage.credentialTypes[0] ?? { auth: bearer() };
  const lent = (): LentCredential => ({
    credentialId: 'cred_1',
    type: 'trial.oauth',
    auth,
    fields: {},
    hosts,
    generation,
    token: {
      accessToken: `secret-${generation}`,
      tokenType: 'Bearer',
      expiresAtMs: null,
      extra: {},
    },
  });
  const lender: CredentialLender = {
    lend: (_ref, work) => work(lent()),
    renew: (_ref, refused) => {
      told.push(`renew ${refused}`);
      generation = refused + 1;
      return Promise.resolve();
    },
  };
  const sleep = (ms: number): Promise<void> => {
    told.push(`wait ${ms >= 1000 ? ms : 'a little'}`);
    nowMs += ms;
    return Promise.resolve();
  };
  const runtime = createConnectorRuntime({ egress, lender, sleep, clock: { nowMs: () => nowMs, monotonicMs: () => nowMs } });
  const run = async (key: string, { attempt = 1, id = 'a', isSigned = true } = {}): Promise<readonly JsonValue[]> => {
    const node = nodePackage.nodes.find(({ info }) => info.type === `${nodePackage.key}.${key}`);
    if (node === undefined || node.kind === 'trigger') throw new Error(key);
    const beforeSend = (hash: string): Promise<void> => {
      told.push(`stored ${hash}`);
      return Promise.resolve();
    };
    const credential = isSigned ? { workspaceId: 'ws_1', credentialId: 'cred_1' } : null;
    const port = runtime.forCall({ credential, attempt, beforeSend });
    const { ports } = await runAction(node, {
      parameters: { id },
      connector: port,
      idempotencyKey: node.info.effect === 'write' ? 'k'.repeat(36) : null,
    });
    return (ports['main'] ?? []).map(({ json }) => json);
  };
  return { run, told, sent, runtime, lent };
}
