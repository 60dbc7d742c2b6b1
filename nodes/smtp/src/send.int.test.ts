import { ConnectorError, UserError, type JsonObject } from '@millwright/node-sdk';
import { startMailServer, startTcpProxy, type MailServer, type MailServerOptions } from '@millwright/testing';
import { socketBench, type SocketBench } from '@millwright/testing/sockets';
import { afterEach, describe, expect, it } from 'vitest';
import { send } from './send.ts';
import { credentialType } from './server.ts';

const KEY = 'smtp-key-of-thirty-six-characters-00';
const ACCOUNT = { username: 'ada@example.com', password: 'canary-secret' };
const MAIL = { to: 'grace@example.com', subject: 'Hällo', text: 'Guten Täg' };
const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function serve(
  options: MailServerOptions = {},
  more: Record<string, string> = {},
): Promise<{ server: MailServer; bench: SocketBench }> {
  const server = await startMailServer(options);
  running.push(() => server.stop());
  const security = options.security ?? 'none';
  const trust = security === 'none' ? {} : { ca: server.certificate };
  const account = options.account === undefined ? { username: '', password: '', from: 'ada@example.com' } : options.account;
  const fields = { host: '127.0.0.1', port: String(server.port), security, ...trust, ...account, ...more };
  return { server, bench: socketBench({ type: credentialType, fields }) };
}

async function failureOf(bench: SocketBench, parameters: JsonObject): Promise<ConnectorError | UserError> {
  const outcome: unknown = await bench.run(send, parameters, KEY).catch((thrown: unknown) => thrown);
  if (outcome instanceof ConnectorError || outcome instanceof UserError) return outcome;
  throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)} ${String(outcome)}`);
}

describe('a mail', () => {
  it.each(['tls', 'starttls', 'none'] as const)('reaches a real server by %s, signed in', async (security) => {
    const { server, bench } = await serve({ security, account: ACCOUNT });
    const [out] = await bench.run(send, { ...MAIL, html: '<b>Täg</b>' }, KEY);
    expect(out).toMatchObject({ messageId: `<${KEY}@example.com>`, accepted: ['grace@example.com'], rejected: [] });
    expect(server.mails[0]).toMatchObject({
      from: 'ada@example.com',
      to: ['grace@example.com'],
      subject: 'Hällo',
      messageId: `<${KEY}@example.com>`,
    });
    expect([server.mails[0]?.text, server.mails[0]?.html]).toEqual([
      expect.stringContaining('Guten Täg'),
      expect.stringContaining('<b>Täg</b>'),
    ]);
    expect(bench.begun).toHaveLength(1);
  });

  it('has attachments, copies that nobody sees, a reply address and its thread', async () => {
    const { server, bench } = await serve();
    const attachments = [
      { name: 'ä.txt', content: 'Hi', encoding: 'text', type: 'text/plain' },
      { name: 'x.bin', content: '3q2+7w==' },
    ];
    await bench.run(send, { ...MAIL, bcc: 'secret@example.com', replyTo: 'r@example.com', inReplyTo: '<1@x>', attachments }, KEY);
    const [{ raw, to } = { raw: '', to: [] }] = server.mails;
    expect(to).toEqual(['grace@example.com', 'secret@example.com']);
    expect(raw).not.toContain('secret@');
    for (const part of ['Reply-To: r@example.com', 'In-Reply-To: <1@x>', 'References: <1@x>', '3q2+7w==', 'filename=x.bin'])
      expect(raw).toContain(part);
  });

  it('cannot have headers put into it by a line break', async () => {
    const { server, bench } = await serve();
    await bench.run(send, { ...MAIL, subject: 'x\r\nBcc: evil@example.com', attachments: [{ name: 'a\r\nX-Evil: 1', content: '' }] }, KEY);
    expect(server.mails[0]?.raw).not.toMatch(/^(Bcc|X-Evil):/m);
    expect(server.mails[0]?.to).toEqual(['grace@example.com']);
  });

  it('keeps its Message-ID on every try', async () => {
    const { server, bench } = await serve();
    await bench.run(send, MAIL, KEY);
    await bench.run(send, MAIL, KEY);
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(bench.begun).size).toBe(1);
  });

  it.each([
    ['to', { ...MAIL, to: '' }],
    ['from', { ...MAIL, from: 'nobody' }],
    ['attachments.0.content', { ...MAIL, attachments: [{ name: 'a', content: '§' }] }],
  ])('with a bad %s is refused before anything is stored as leaving', async (field, parameters) => {
    const { server, bench } = await serve();
    expect(await failureOf(bench, parameters)).toMatchObject({
      code: 'parameter_invalid',
      details: { field: `parameters.${field}`, sent: false },
    });
    expect([server.mails.length, bench.begun.length]).toEqual([0, 0]);
  });
});

describe('what a server refuses is not sent, and said in its words', () => {
  it('a wrong password: the credential is to be reconnected, and the password is repeated nowhere', async () => {
    const { bench } = await serve({ security: 'starttls', account: ACCOUNT }, { password: 'canary-wrong' });
    const failure = await failureOf(bench, MAIL);
    expect(failure).toMatchObject({ code: 'credential_reconnect' });
    expect([bench.renewals(), bench.begun.length]).toEqual([1, 0]);
  });

  it.each([
    ['a recipient for good', { onRecipient: () => ({ status: 550, text: 'no such user' }) }, 'permanent', 550],
    ['a recipient for now', { onRecipient: () => ({ status: 450, text: 'greylisted' }) }, 'transient', 450],
    ['the sender', { onSender: () => ({ status: 553, text: 'not yours' }) }, 'permanent', 553],
    ['the content', { onMail: () => Promise.resolve({ status: 554, text: 'spam' }) }, 'permanent', 554],
  ] as const)('%s', async (_name, options, kind, smtpStatus) => {
    const { server, bench } = await serve(options);
    expect(await failureOf(bench, MAIL)).toMatchObject({ kind, code: 'smtp_refused', details: { sent: false, smtpStatus } });
    expect(server.mails).toHaveLength(0);
  });

  it('one of several recipients: the others get it, and the output says who does not', async () => {
    const { bench } = await serve({ onRecipient: (address) => (address.startsWith('bad') ? { status: 550, text: 'no' } : null) });
    expect(await bench.run(send, { ...MAIL, to: 'bad@example.com, grace@example.com' }, KEY)).toMatchObject([
      { accepted: ['grace@example.com'], rejected: ['bad@example.com'] },
    ]);
  });

  it('a server without STARTTLS, or whose certificate nobody trusts', async () => {
    const { bench } = await serve({}, { security: 'starttls' });
    expect(await failureOf(bench, MAIL)).toMatchObject({ code: 'smtp_no_tls', details: { sent: false } });
    const { bench: own } = await serve({ security: 'tls' }, { ca: '' });
    expect(await failureOf(own, MAIL)).toMatchObject({ code: 'egress_certificate', details: { sent: false } });
    const { bench: later } = await serve({ security: 'starttls' }, { ca: '' });
    expect(await failureOf(later, MAIL)).toMatchObject({ code: 'smtp_no_tls', details: { sent: false } });
  });

  it('A108, A109: an address or a port that no mail server has', async () => {
    for (const [port, code] of [
      ['25', 'egress_private_address'],
      ['6379', 'egress_port'],
    ] as const) {
      const bench = socketBench({
        type: credentialType,
        fields: { host: '127.0.0.1', port, security: 'none', from: 'a@b.example' },
        allow: [],
      });
      expect(await failureOf(bench, MAIL)).toMatchObject({ code, details: { sent: false } });
    }
  });
});

describe('a line that breaks', () => {
  it('before the content left has sent nothing; afterwards nobody knows', async () => {
    let onRecipient = (): null => null;
    let onMail = (): Promise<null> => Promise.resolve(null);
    const server = await startMailServer({ onRecipient: () => onRecipient(), onMail: () => onMail() });
    const proxy = await startTcpProxy(`127.0.0.1:${server.port}`);
    running.push(
      () => proxy.close(),
      () => server.stop(),
    );
    const bench = socketBench({
      type: credentialType,
      fields: { host: '127.0.0.1', port: String(proxy.port), security: 'none', from: 'a@b.example' },
    });
    onRecipient = () => {
      proxy.cut();
      return null;
    };
    expect(await failureOf(bench, MAIL)).toMatchObject({ kind: 'transient', code: 'smtp_connection_lost', details: { sent: false } });
    proxy.mend();
    onRecipient = () => null;
    onMail = () => {
      proxy.cut();
      return Promise.resolve(null);
    };
    expect(await failureOf(bench, MAIL)).toMatchObject({ kind: 'transient', code: 'smtp_answer_lost', details: { sent: true } });
    expect(server.mails).toHaveLength(1);
  });
});
