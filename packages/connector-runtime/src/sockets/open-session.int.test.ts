import { createServer, type AddressInfo, type Server } from 'node:net';
import { ConnectorError, UserError, type MillwrightError } from '@millwright/core';
import { createEgress, type EgressLimits } from '@millwright/egress';
import { basic, serverOf, type SocketRequest, type SocketSession } from '@millwright/node-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CredentialLender } from '../lender.ts';
import { openSession } from './open-session.ts';

let server: Server;
let port = 0;
let asked = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    asked += 1;
    socket.on('error', () => undefined).on('data', (data) => (String(data) === 'drop' ? socket.destroy() : socket.write(data)));
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server?.close());

const REQUEST: SocketRequest = {
  protocol: 'smtp',
  credential: 'auth',
  server: serverOf({ key: 'demo', title: 'Demo', ports: { none: 2525 } }),
  opensTls: () => false,
  timeoutMs: 2_000,
};

interface Trial {
  readonly hosts?: readonly string[];
  readonly isWrite?: boolean;
  readonly limits?: Partial<EgressLimits>;
  readonly renew?: () => Promise<void>;
  readonly host?: string;
}

/** One session on a bench of its own. */
async function open<T>(use: (session: SocketSession) => Promise<T>, trial: Trial = {}): Promise<T> {
  const { hosts = ['127.0.0.1'], isWrite = true, limits = {}, renew = () => Promise.resolve(), host = '127.0.0.1' } = trial;
  const fields = { host, port: String(port), username: 'ada', password: 'canary-secret' };
  const lender: CredentialLender = {
    lend: (_ref, work) => work({ credentialId: 'c', type: 'demo.server', auth: basic(), fields, hosts, generation: 1 }),
    renew,
  };
  const auth = basic({ fields: ['host', 'port'].map((name) => ({ name, title: name, secret: false, required: true })) });
  const named: CredentialLender = { ...lender, lend: (ref, work) => lender.lend(ref, (lent) => work({ ...lent, auth })) };
  const egress = createEgress({ allow: [`127.0.0.1:${port}`], limits });
  const call = {
    credential: { workspaceId: 'w', credentialId: 'c' },
    isWrite,
    beforeSend: () => Promise.resolve(),
    signal: new AbortController().signal,
  };
  return openSession({ lender: named, egress }, REQUEST, { call, use });
}

async function failureOf(use: (session: SocketSession) => Promise<unknown>, trial: Trial = {}): Promise<MillwrightError> {
  const outcome: unknown = await open(use, trial).catch((thrown: unknown) => thrown);
  if (outcome instanceof ConnectorError || outcome instanceof UserError) return outcome;
  throw new Error(`expected a failure of ours, got ${String(outcome)}`);
}

const heard = ({ socket }: SocketSession, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    socket.once('data', (data) => resolve(String(data))).once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' })));
    socket.write(text);
  });

describe('a session', () => {
  it('has the socket and the fields, and closes with the call', async () => {
    const socket = await open(async (session) => {
      expect(await heard(session, 'hello')).toBe('hello');
      expect([session.fields['password'], session.server.port]).toEqual(['canary-secret', port]);
      return session.socket;
    });
    expect(socket.destroyed).toBe(true);
  });

  it('A111: goes to no host but the credential’s', async () => {
    const before = asked;
    const failure = await failureOf(() => Promise.resolve(), { hosts: ['mail.example.com'] });
    expect(failure).toMatchObject({ code: 'host_not_listed', details: { sent: false } });
    expect(asked).toBe(before);
  });

  it('A108: goes to no private address that nobody listed', async () => {
    expect(await failureOf(() => Promise.resolve(), { host: '127.0.0.2', hosts: ['127.0.0.2'] })).toMatchObject({
      code: 'egress_private_address',
    });
  });

  it('A113: a secret that a server or a library repeats goes no further', async () => {
    const repeated = await failureOf(() => {
      throw new ConnectorError('permanent', {
        code: 'x',
        message: 'no canary-secret',
        hint: 'canary-secret',
        details: { text: 'canary-secret', sent: true },
      });
    });
    expect(JSON.stringify([repeated.message, repeated.hint, repeated.details])).not.toContain('canary');
    expect(repeated.details?.['sent']).toBe(true);
    const foreign: unknown = await open(() => Promise.reject(new Error('canary-secret'))).catch((thrown: unknown) => thrown);
    expect(String(foreign)).not.toContain('canary');
  });

  it('that only reads begins nothing', async () => {
    expect(await failureOf(({ begin }) => begin('x'), { isWrite: false })).toMatchObject({
      code: 'effect_mismatch',
      details: { sent: false },
    });
  });

  it('that is lost before it began did nothing, afterwards nobody knows', async () => {
    expect(await failureOf((session) => heard(session, 'drop'))).toMatchObject({ code: 'egress_unreachable', details: { sent: false } });
    const after = await failureOf(async (session) => {
      await session.begin('x');
      return heard(session, 'drop');
    });
    expect(after).toMatchObject({ code: 'egress_answer_lost', kind: 'transient', details: { sent: true } });
  });

  it('A110: says which bound ended it', async () => {
    const hang = ({ socket }: SocketSession): Promise<never> =>
      new Promise((_resolve, reject) => socket.once('close', () => reject(new Error('client: closed'))));
    expect(await failureOf(hang)).toMatchObject({ code: 'egress_timeout', details: { sent: false } });
  });

  it('whose sign-in is refused has the credential renewed once and is tried again', async () => {
    let [tries, renewals] = [0, 0];
    const refuse = (): Promise<never> => {
      tries += 1;
      throw new ConnectorError('auth', { code: 'no', message: 'no' });
    };
    const renew = (): Promise<void> => Promise.resolve(void (renewals += 1));
    expect(await failureOf(refuse, { renew })).toMatchObject({ code: 'no' });
    expect([tries, renewals]).toEqual([2, 1]);
    const dead = new ConnectorError('auth', { code: 'credential_reconnect', message: 'dead', details: { credentialId: 'c', sent: false } });
    expect(await failureOf(refuse, { renew: () => Promise.reject(dead) })).toMatchObject({ code: 'credential_reconnect' });
  });
});
