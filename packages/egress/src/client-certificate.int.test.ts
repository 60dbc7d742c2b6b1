import { createPrivateKey, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { createServer as createPlainServer, type AddressInfo, type Server as PlainServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { MillwrightError } from '@millwright/core';
import { makeCertificate } from '@millwright/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientCertificate } from './client-certificate.ts';
import { createEgress, type Egress, type EgressRequest } from './create-egress.ts';

const server = makeCertificate('service.test');
const client = makeCertificate('ada');
const own: ClientCertificate = { certificate: client.cert, privateKey: client.key, ca: server.cert };
const PASSPHRASE = `canary-${randomUUID()}`;
const locked = createPrivateKey(client.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
  .toString();

const closing: (() => Promise<unknown>)[] = [];
/** Who called: common names of certificates, empty where none was shown. */
const shown: string[] = [];
let strict: Server;
let egress: Egress;

function portOf(of: PlainServer): number {
  return (of.address() as AddressInfo).port;
}

async function listening<S extends PlainServer>(of: S): Promise<S> {
  await new Promise<void>((resolve) => of.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => of.close(resolve)));
  return of;
}

/** A service that asks for certificates. @param rejects closes the socket where it does not know one; else it answers 403 */
function service(rejects: boolean): Promise<Server> {
  const options = { key: server.key, cert: server.cert, ca: client.cert, requestCert: true, rejectUnauthorized: rejects };
  const made = createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket;
    shown.push(String(socket.getPeerCertificate().subject?.CN ?? ''));
    const to = new URL(request.url ?? '/', 'https://service.test').searchParams.get('to');
    response.writeHead(to === null ? (socket.authorized ? 200 : 403) : 302, to === null ? {} : { location: to }).end('ok');
  });
  closing.push(async () => made.closeAllConnections());
  return listening(made);
}

beforeAll(async () => {
  strict = await service(true);
  const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  egress = createEgress({ allow: ['127.0.0.1/32'], resolve });
  closing.push(() => egress.close());
});
afterEach(() => shown.splice(0));
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

function ask(clientCertificate: ClientCertificate | undefined, more: Partial<EgressRequest> = {}, port = portOf(strict)) {
  const url = `https://service.test:${port}/`;
  return egress.request({ method: 'GET', url, ...(clientCertificate === undefined ? {} : { clientCertificate }), ...more });
}

async function failureOf(call: Promise<unknown>): Promise<MillwrightError> {
  const failure = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof MillwrightError)) throw new Error(`expected a failure of ours, got ${String(failure)}`);
  return failure;
}

describe('a client certificate', () => {
  it('is shown to a service that asks for one, with a key that is locked too', async () => {
    expect((await ask(own)).status).toBe(200);
    expect((await ask({ ...own, privateKey: locked, passphrase: PASSPHRASE })).status).toBe(200);
    expect(shown).toEqual(['ada', 'ada']);
  });

  it('follows a redirect to the same origin', async () => {
    expect((await ask(own, { url: `https://service.test:${portOf(strict)}/?to=/there` })).status).toBe(200);
    expect(shown).toEqual(['ada', 'ada']);
  });

  it('is shown to no other origin, nor are its authorities believed there', async () => {
    const other = await service(false);
    const to = encodeURIComponent(`https://service.test:${portOf(other)}/`);
    const failure = await failureOf(ask(own, { url: `https://service.test:${portOf(strict)}/?to=${to}` }));
    expect(failure).toMatchObject({ code: 'egress_certificate', details: { sent: true } });
    expect(shown).toEqual(['ada']);
  });

  it('holds for its own request only: the next one opens a socket of its own', async () => {
    await ask(own);
    expect(await failureOf(ask(undefined))).toMatchObject({ code: 'egress_certificate' });
    const stranger = makeCertificate('bob');
    const lax = await service(false);
    await ask(own, {}, portOf(lax));
    expect((await ask({ ...own, certificate: stranger.cert, privateKey: stranger.key }, {}, portOf(lax))).status).toBe(403);
    expect(shown).toEqual(['ada', 'ada', 'bob']);
  });

  it.each<readonly [string, Partial<ClientCertificate>, string, string]>([
    ['the key of another certificate', { privateKey: makeCertificate('x').key }, 'client_certificate_key_other', 'another certificate'],
    ['no certificate', { certificate: 'hello' }, 'client_certificate_unreadable', 'cannot be read'],
    ['half a certificate', { certificate: client.cert.replace(/.{64}\n/, '') }, 'client_certificate_unreadable', 'cannot be read'],
    ['no key', { privateKey: client.cert }, 'client_certificate_key_unreadable', 'cannot be read'],
    ['a locked key', { privateKey: locked }, 'client_certificate_passphrase', 'is locked'],
    ['a wrong passphrase', { privateKey: locked, passphrase: 'canary-wrong' }, 'client_certificate_passphrase', 'does not open'],
    ['an authority that is none', { ca: 'hello' }, 'client_certificate_ca_unreadable', 'cannot be read'],
  ])('%s is told before anything leaves, without a word of it', async (_what, wrong, code, words) => {
    const failure = await failureOf(ask({ ...own, ...wrong }));
    expect(failure).toMatchObject({ code, kind: 'auth', details: { sent: false } });
    expect(failure.message).toContain(words);
    const told = JSON.stringify([failure.message, failure.hint, failure.details]);
    for (const secret of [PASSPHRASE, 'canary', client.key.slice(40, 80), locked.slice(40, 80)]) expect(told).not.toContain(secret);
    expect(shown).toEqual([]);
  });

  it('one that has run out is told with its day; one that begins later too', async () => {
    const old = makeCertificate('ada', -3);
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    const failure = await failureOf(ask({ ...own, certificate: old.cert, privateKey: old.key }));
    expect(failure).toMatchObject({ code: 'client_certificate_expired', message: `the client certificate ran out on ${day}` });
    const early = createEgress({ nowMs: () => Date.now() - 30 * 86_400_000 });
    const url = 'https://service.test/';
    expect(await failureOf(early.request({ method: 'GET', url, clientCertificate: own }))).toMatchObject({
      code: 'client_certificate_not_yet',
    });
    await early.close();
  });

  it('is not asked for without TLS', async () => {
    expect(await failureOf(ask(own, { url: `http://service.test:${portOf(strict)}/` }))).toMatchObject({
      code: 'client_certificate_plain',
      details: { sent: false },
    });
  });
});

describe('a service that refuses the certificate', () => {
  it.each<readonly [string, number, string, string]>([
    ['bad', 42, 'client_certificate_refused', 'refused the client certificate'],
    ['revoked', 44, 'client_certificate_refused', 'it was revoked'],
    ['expired', 45, 'client_certificate_refused', 'it has run out'],
    ['of an unknown authority', 48, 'client_certificate_refused', 'does not trust the authority'],
    ['missing', 116, 'client_certificate_required', 'asks for a client certificate'],
  ])('%s: by an alert of TLS, and nothing was done', async (_what, alert, code, words) => {
    // RFC 8446 §6: a record of the kind alert, fatal.
    const refusing = await listening(
      createPlainServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
      }),
    );
    const failure = await failureOf(ask(own, {}, portOf(refusing)));
    expect(failure).toMatchObject({ code, kind: 'auth', details: { host: 'service.test', sent: false } });
    expect(failure.message).toContain(words);
  });

  it('by closing the socket: that may be why', async () => {
    const stranger = makeCertificate('bob');
    const failure = await failureOf(ask({ ...own, certificate: stranger.cert, privateKey: stranger.key }));
    expect(failure.code).toBe('egress_answer_lost');
    expect(failure.message).toContain('it may not accept the client certificate');
  });
});
