import { ConnectorError, UserError, type ActionDefinition, type JsonObject } from '@millwright/node-sdk';
import { makeCertificate, startTcpProxy, type TcpProxy } from '@millwright/testing';
import { socketBench, type SocketBench, type SocketBenchOptions } from '@millwright/testing/sockets';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import nodePackage from './index.ts';
import { credentialType } from './server.ts';
import { hasDovecot, startDovecot, type Dovecot } from './testing/dovecot.ts';

const PASSWORD = 'canary-secret';
const certificate = makeCertificate('127.0.0.1');
let dovecot: Dovecot;
let proxy: TcpProxy;
let bench: SocketBench;

const MAILS = [
  `From: Ada <ada@example.com>\r\nTo: grace@example.com\r\nSubject: =?utf-8?Q?H=C3=A4llo?=\r\nMessage-ID: <1@example.com>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\nGuten Tag\r\n`,
  `From: Grace <grace@example.com>\r\nTo: ada@example.com\r\nSubject: Re: Hello\r\nMessage-ID: <2@example.com>\r\nIn-Reply-To: <1@example.com>\r\nReferences: <1@example.com>\r\n` +
    `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary="c"\r\n\r\n` +
    `--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nK=E4se =\r\nbrot\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>\r\n--c--\r\n` +
    `--b\r\nContent-Type: application/octet-stream; name="a.bin"\r\nContent-Disposition: attachment; filename="a.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n3q2+7w==\r\n--b--\r\n`,
  `From: spam@example.net\r\nTo: ada@example.com\r\nSubject: Offer\r\nMessage-ID: <3@example.net>\r\n\r\nBuy\r\n`,
];

function fieldsFor(more: Record<string, string> = {}): Record<string, string> {
  return { host: '127.0.0.1', port: String(proxy.port), username: 'ada@example.com', password: PASSWORD, ca: certificate.cert, ...more };
}

function benchWith(more: Record<string, string> = {}, options: Partial<SocketBenchOptions> = {}): SocketBench {
  return socketBench({ type: credentialType, fields: fieldsFor(more), ...options });
}

function run(type: string, parameters: JsonObject, on = bench): Promise<readonly JsonObject[]> {
  const found = nodePackage.nodes.find(({ info }) => info.type === `imap.${type}`) as ActionDefinition;
  return on.run(found, parameters, found.info.effect === 'write' ? 'k' : null) as Promise<readonly JsonObject[]>;
}

async function failureOf(type: string, parameters: JsonObject, on = bench): Promise<ConnectorError | UserError> {
  const outcome: unknown = await run(type, parameters, on).catch((thrown: unknown) => thrown);
  if (outcome instanceof ConnectorError || outcome instanceof UserError) return outcome;
  throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)} ${String(outcome)}`);
}

const uids = async (parameters: JsonObject): Promise<readonly unknown[]> => (await run('messageSearch', parameters)).map(({ uid }) => uid);

describe.skipIf(!hasDovecot)('IMAP against a real Dovecot (skipped where none is installed, or the tests do not run as root)', () => {
  beforeAll(async () => {
    dovecot = await startDovecot(certificate, PASSWORD);
    proxy = await startTcpProxy(`127.0.0.1:${dovecot.port}`);
    bench = benchWith();
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.port,
      secure: true,
      auth: { user: 'ada@example.com', pass: PASSWORD },
      logger: false,
      tls: { ca: certificate.cert },
    });
    await client.connect();
    for (const mail of MAILS) await client.append('INBOX', mail);
    await client.logout();
  });
  afterAll(async () => {
    await proxy?.close();
    await dovecot?.stop();
  });

  it('lists mailboxes with what is in them', async () => {
    const list = await run('mailboxList', {});
    expect(list).toContainEqual({ path: 'INBOX', name: 'INBOX', use: '\\Inbox', messages: 3, unseen: 3 });
    expect(list).toContainEqual({ path: 'Archive', name: 'Archive', use: '\\Archive', messages: 0, unseen: 0 });
  });

  it('finds messages by each criterion, the newest first', async () => {
    expect(await uids({})).toEqual([3, 2, 1]);
    expect(await uids({ maxItems: 1 })).toEqual([3]);
    expect(await uids({ from: 'grace' })).toEqual([2]);
    expect(await uids({ subject: 'Hällo' })).toEqual([1]);
    expect(await uids({ text: 'Buy', seen: 'unseen' })).toEqual([3]);
    expect(await uids({ messageId: '<3@example.net>' })).toEqual([3]);
    expect(await uids({ afterUid: 2 })).toEqual([3]);
    expect(await uids({ afterUid: 3 })).toEqual([]);
    expect(await uids({ since: '2026-01-01' })).toHaveLength(3);
    expect(await uids({ before: '2020-01-01' })).toEqual([]);
    expect(await uids({ from: 'x" OR ALL "' })).toEqual([]);
  });

  it('finds a thread, and says who answers whom', async () => {
    const thread = await run('messageSearch', { threadOf: '<1@example.com>' });
    expect(thread).toMatchObject([
      { uid: 2, inReplyTo: '<1@example.com>', references: ['<1@example.com>'], attachments: 1 },
      {
        uid: 1,
        messageId: '<1@example.com>',
        subject: 'Hällo',
        from: [{ name: 'Ada', address: 'ada@example.com' }],
        sentAt: '2026-11-21T10:00:00.000Z',
      },
    ]);
  });

  it('reads text, HTML and attachments in their encodings, and leaves the message unread', async () => {
    const [message] = await run('messageGet', { uid: 2, attachments: true });
    expect(message).toMatchObject({
      text: 'Käse brot',
      html: '<p>x</p>',
      files: [{ name: 'a.bin', type: 'application/octet-stream', bytes: 4, base64: '3q2+7w==' }],
    });
    expect((await run('messageGet', { uid: 2 }))[0]).toMatchObject({ files: [], flags: [] });
    expect((await run('messageGet', { uid: 1 }))[0]?.['text']).toMatch(/^Guten Tag\s*$/);
  });

  it('flags, moves and deletes, each stored as leaving first', async () => {
    const own = benchWith();
    await run('messageFlag', { uid: 1, add: ['\\Seen', '\\Flagged'] }, own);
    await run('messageFlag', { uid: 1, remove: ['\\Flagged'] }, own);
    expect((await run('messageSearch', { messageId: '<1@example.com>' }))[0]?.['flags']).toEqual(['\\Seen']);
    expect(await run('messageMove', { uid: 3, to: 'Archive' }, own)).toEqual([{ uid: 3, mailbox: 'Archive', newUid: 1 }]);
    await run('messageDelete', { uid: 1, mailbox: 'Archive' }, own);
    expect(await uids({ mailbox: 'Archive' })).toEqual([]);
    expect([await uids({}), own.begun.length]).toEqual([[2, 1], 4]);
  });

  it.each([
    ['messageGet', { uid: 99 }, 'imap_message_missing'],
    ['messageFlag', { uid: 99, add: ['x'] }, 'imap_message_missing'],
    ['messageDelete', { uid: 1, uidValidity: '12345' }, 'imap_uid_stale'],
    ['messageSearch', { mailbox: 'Nowhere' }, 'imap_mailbox_unknown'],
    ['messageSearch', { since: 'yesterday-ish' }, 'parameter_invalid'],
    ['messageMove', { uid: 2, to: 'Nowhere' }, 'imap_refused'],
  ] as const)('refuses %s of %o by %s, and nothing was done', async (type, parameters, code) => {
    expect(await failureOf(type, parameters)).toMatchObject({ code, details: { sent: false } });
    expect(await uids({})).toEqual([2, 1]);
  });

  it('with a wrong password: the credential is to be reconnected, and the password is repeated nowhere', async () => {
    const own = benchWith({ password: 'canary-wrong' });
    const failure = await failureOf('messageSearch', {}, own);
    expect(failure).toMatchObject({ code: 'credential_reconnect' });
    expect(own.renewals()).toBe(1);
  });

  it('trusts no certificate that nobody vouches for, and goes to no private address that nobody listed (A108)', async () => {
    expect(await failureOf('messageSearch', {}, benchWith({ ca: '' }))).toMatchObject({ details: { sent: false } });
    expect(await failureOf('messageSearch', {}, benchWith({}, { allow: [] }))).toMatchObject({ code: 'egress_private_address' });
  });

  it('A110: stops at the most bytes', async () => {
    const failure = await failureOf('messageGet', { uid: 2 }, benchWith({}, { limits: { maxResponseBytes: 1_000 } }));
    expect(failure).toMatchObject({ code: 'egress_too_large', details: { sent: false } });
  });

  it('a line that breaks while a change leaves tells nobody whether it was done; sent again it changes nothing more', async () => {
    const own = benchWith({}, { beforeSend: () => Promise.resolve(proxy.cut()) });
    expect(await failureOf('messageFlag', { uid: 2, add: ['\\Seen'] }, own)).toMatchObject({ kind: 'transient', details: { sent: true } });
    proxy.mend();
    expect(await run('messageFlag', { uid: 2, add: ['\\Seen'] })).toHaveLength(1);
  });
});
