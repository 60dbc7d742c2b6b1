import { createEgress, type Egress } from '@millwright/egress';
import { digest } from '@millwright/node-sdk';
import { startDigestServer, type DigestServer, type DigestServerOptions } from '@millwright/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectorRuntime } from './create-runtime.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that checks digests, and requests to it that are signed by one credential. */
async function trial(options: Partial<DigestServerOptions> = {}, password = 'Circle "of" Life') {
  const server: DigestServer = await startDigestServer({ username: 'Mufasa', password: 'Circle "of" Life', ...options });
  const egress: Egress = createEgress({ allow: [new URL(server.origin).host] });
  closing.push(server.stop, () => egress.close());
  const fields = { username: options.username ?? 'Mufasa', password };
  const lent = { credentialId: 'cred_1', type: 'x.digest', auth: digest(), fields, hosts: ['127.0.0.1'], generation: 0 };
  const renew = () => Promise.reject(new Error('needs a person'));
  const runtime = createConnectorRuntime({ egress, lender: { lend: (_ref, work) => work(lent), renew } });
  const own = {
    credential: { workspaceId: 'ws_1', credentialId: 'cred_1' },
    beforeSend: () => Promise.resolve(),
    signal: AbortSignal.timeout(60_000),
  };
  const send = async (path = '/books?q=a%20b', body: string | null = null): Promise<number> => {
    const method = body === null ? 'GET' : 'POST';
    return (await runtime.sendSigned({ method, url: `${server.origin}${path}`, headers: {}, body }, own)).status;
  };
  return { seen: server.seen, send };
}

describe('digest sign-in against a server that checks it', () => {
  it.each<readonly [string, Partial<DigestServerOptions>]>([
    ['SHA-256', {}],
    ['MD5', { algorithm: 'MD5' }],
    ['MD5 bound to the session', { algorithm: 'MD5-sess' }],
    ['SHA-256 bound to the session', { algorithm: 'SHA-256-sess' }],
    ['SHA-512-256', { algorithm: 'SHA-512-256' }],
    ['without quality of protection', { algorithm: 'MD5', qop: null }],
    ['with the body in it, where the server wants no less', { qop: 'auth-int' }],
    ['both qualities', { qop: 'auth, auth-int' }],
    ['the name as a hash', { userhash: true }],
    ['a name of other signs than ASCII', { username: 'Jäsøn "Doe"' }],
    ['another way to sign in beside it', { before: 'Basic realm="other", Bearer' }],
  ])('%s: asked once, then each request answers at once, counted', async (_what, options) => {
    const { send, seen } = await trial(options);
    expect(await send()).toBe(200);
    expect(await send('/other', '{"title":"Émma"}')).toBe(200);
    expect(await send()).toBe(200);
    expect(seen).toEqual(['asked', 'in', 'in', 'in']);
  });

  it('requests side by side are all let in, in whatever order they come', async () => {
    const { send, seen } = await trial();
    for (const round of [1, 2, 3]) {
      const statuses = await Promise.all(Array.from({ length: 12 }, (_, index) => send(`/round/${round}/${index}`)));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
    expect(seen.filter((one) => one === 'in')).toHaveLength(36);
  });

  it('a nonce that has grown old is replaced, and nobody has to act', async () => {
    const { send, seen } = await trial({ usesPerNonce: 2 });
    for (const _ of [1, 2, 3, 4, 5]) expect(await send()).toBe(200);
    expect(seen).toEqual(['asked', 'in', 'in', 'stale', 'in', 'in', 'stale', 'in']);
  });

  it('a wrong password is answered once, and then a person has to act', async () => {
    const { send, seen } = await trial({}, 'wrong');
    await expect(send()).rejects.toThrow('needs a person');
    expect(seen).toEqual(['asked', 'wrong']);
  });

  it('a server whose nonces are always old already is not asked for ever', async () => {
    const { send, seen } = await trial({ usesPerNonce: 0 });
    await expect(send()).rejects.toThrow('needs a person');
    expect(seen).toEqual(['asked', 'stale', 'stale', 'stale', 'stale']);
  });
});
