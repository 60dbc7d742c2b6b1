import type { JsonObject } from '@millwright/node-sdk';
import { eventually, makeCertificate, startTcpProxy, type TcpProxy } from '@millwright/testing';
import { socketBench, type BenchPoll, type SocketBench } from '@millwright/testing/sockets';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialType } from '../server.ts';
import { hasDovecot, startDovecot, type Dovecot } from '../testing/dovecot.ts';
import { messageAdded } from './message-added.ts';
import { untilNews } from './until-news.ts';

const certificate = makeCertificate('127.0.0.1');
let dovecot: Dovecot;
let proxy: TcpProxy;
let bench: SocketBench;
let mailer: ImapFlow;

async function signedIn(): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: true,
    auth: { user: 'ada@example.com', pass: 'canary-secret' },
    logger: false,
    disableAutoIdle: true,
    tls: { ca: certificate.cert },
  });
  await client.connect();
  return client;
}

/** One subject's message. */
async function deliver(mailbox: string, ...subjects: readonly string[]): Promise<void> {
  for (const subject of subjects)
    await mailer.append(mailbox, `From: a@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.com>\r\n\r\nHi\r\n`);
}

/** A published trigger: its mark is what was stored. */
class Desk {
  state: JsonObject | null = null;
  readonly mailbox: string;
  readonly #takesAll: boolean;

  constructor(mailbox: string, takesAll = false) {
    this.mailbox = mailbox;
    this.#takesAll = takesAll;
  }

  get trial(): BenchPoll {
    return { parameters: { mailbox: this.mailbox }, state: this.state, takesAll: this.#takesAll, nowMs: Date.now() };
  }

  /** @returns subjects of what is new */
  async poll(): Promise<readonly string[]> {
    const { events, state } = await bench.poll(messageAdded, this.trial);
    this.state = state;
    return events.map(({ data }) => (data as { readonly subject: string }).subject);
  }
}

/** Makes a mailbox anew under its name, with what was in it: all numbers are others. */
async function remade(mailbox: string): Promise<void> {
  await mailer.mailboxRename(mailbox, `${mailbox}-old`);
  await mailer.mailboxCreate(mailbox);
  await mailer.mailboxOpen(`${mailbox}-old`);
  await mailer.messageCopy('1:*', mailbox);
  await mailer.mailboxClose();
}

describe.skipIf(!hasDovecot)('new messages of a real Dovecot (skipped where none is installed, or the tests do not run as root)', () => {
  beforeAll(async () => {
    dovecot = await startDovecot(certificate, 'canary-secret');
    proxy = await startTcpProxy(`127.0.0.1:${dovecot.port}`);
    const fields = {
      host: '127.0.0.1',
      port: String(proxy.port),
      username: 'ada@example.com',
      password: 'canary-secret',
      ca: certificate.cert,
    };
    bench = socketBench({ type: credentialType, fields });
    mailer = await signedIn();
    for (const name of ['first', 'all', 'gap', 'anew', 'idle', 'line']) await mailer.mailboxCreate(name);
  });
  afterAll(async () => {
    await mailer?.logout().catch(() => undefined);
    await proxy?.close();
    await dovecot?.stop();
  });

  it('the first poll sets the mark; then each message comes once, the oldest first, and what was stored twice keeps its name', async () => {
    await deliver('first', 'before');
    const desk = new Desk('first');
    expect(await desk.poll()).toEqual([]);
    await deliver('first', 'one', 'two');
    const [lost, again] = [await bench.poll(messageAdded, desk.trial), await bench.poll(messageAdded, desk.trial)];
    expect(lost.events.map(({ id }) => id)).toEqual(again.events.map(({ id }) => id));
    expect(await desk.poll()).toEqual(['one', 'two']);
    expect(await desk.poll()).toEqual([]);
  });

  it('begins with all that is there, in parts that follow at once', async () => {
    const subjects = Array.from({ length: 130 }, (_, index) => `m${index}`);
    await deliver('all', ...subjects);
    const first = await bench.poll(messageAdded, new Desk('all', true).trial);
    expect(first).toMatchObject({ hasMore: true, nextInMs: 0, canWatch: true });
    const desk = new Desk('all', true);
    expect([...(await desk.poll()), ...(await desk.poll())]).toEqual(subjects);
    expect(await desk.poll()).toEqual([]);
  });

  it('messages that were deleted again leave no gap in what follows', async () => {
    const desk = new Desk('gap');
    await desk.poll();
    await deliver('gap', 'gone', 'stays');
    await mailer.mailboxOpen('gap');
    await mailer.messageDelete('1');
    await mailer.mailboxClose();
    expect(await desk.poll()).toEqual(['stays']);
    await deliver('gap', 'later');
    expect(await desk.poll()).toEqual(['later']);
  });

  it('a mailbox that numbers anew (UIDVALIDITY) brings what is new in it, and nothing that was there', async () => {
    const desk = new Desk('anew');
    await deliver('anew', 'old');
    await desk.poll();
    await deliver('anew', 'seen');
    expect(await desk.poll()).toEqual(['seen']);
    const { uidValidity } = desk.state as { readonly uidValidity: string };
    await remade('anew');
    await deliver('anew', 'fresh');
    expect(await desk.poll()).toEqual(['fresh']);
    expect((desk.state as { readonly uidValidity: string }).uidValidity).not.toBe(uidValidity);
    await deliver('anew', 'next');
    expect(await desk.poll()).toEqual(['next']);
  });

  it('IDLE: listening ends when a message comes, when one came since the poll, and when it is told to', async () => {
    const desk = new Desk('idle');
    await desk.poll();
    const listener = await signedIn();
    await listener.mailboxOpen('idle');
    const heard = untilNews(listener, new AbortController().signal);
    await eventually(() => listener.idling);
    await deliver('idle', 'hello');
    await heard;
    await listener.logout();
    // Nobody asked since: there is something new already.
    await bench.watch(messageAdded, desk.trial);
    expect(await desk.poll()).toEqual(['hello']);
    const ended = new AbortController();
    const idle = bench.watch(messageAdded, { ...desk.trial, signal: ended.signal });
    ended.abort();
    await idle;
  });

  it('a line that breaks while it listens or asks moves no mark', async () => {
    const desk = new Desk('line');
    await desk.poll();
    await deliver('line', 'kept');
    proxy.cut();
    expect(await desk.poll().catch(() => 'failed')).toBe('failed');
    proxy.mend();
    expect(await desk.poll()).toEqual(['kept']);
  });
});
