import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { findFreePorts } from '@millwright/platform';
import { eventually } from '@millwright/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStand, type Stand } from '../testing/stand.ts';
import { MAX_ATTEMPTS } from './back-off.ts';

let stand: Stand;
const stops: (() => Promise<void>)[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  stand = await startStand();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await stand.unset();
  await stand.sql('delete from mail_outbox');
});
afterAll(() => stand?.remove());

/** Starts a sender of this process. */
function send(trust?: readonly string[]): void {
  stops.push(stand.another(trust).start());
}

/** Starts a sender in a process of its own. */
async function sendElsewhere(): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, '../testing/sender-process.ts');
  const child = spawn(process.execPath, [file, stand.url, stand.name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

const states = async (): Promise<readonly string[]> => (await stand.mails()).map(({ state }) => state);
const allSent = async (count: number): Promise<void> =>
  eventually(async () => expect((await states()).filter((state) => state === 'sent')).toHaveLength(count), 60_000);
const hurry = async (): Promise<void> =>
  void (await stand.sql(
    `with a as (update mail_settings set paused_until = null) update mail_outbox set next_at = now() where state = 'waiting'`,
  ));

describe('what is in the outbox', () => {
  it('waits while no server is set, and goes out by itself when there is one', async () => {
    send();
    await stand.enqueue('a@example.com', 'b@example.com');
    const server = await stand.serve();
    await stand.set({ port: server.port, fromName: 'Müll & Co' });
    await allSent(2);
    expect(new Set(server.mails.flatMap(({ to }) => to))).toEqual(new Set(['a@example.com', 'b@example.com']));
    const [mail] = server.mails;
    expect(mail?.subject).toMatch(/^To .@example.com · Acme$/);
    expect(mail?.text).toContain('Näheres');
    expect(mail?.html).toContain('<bdi>Näheres</bdi>');
    expect(mail?.raw).toMatch(/^From: =\?UTF-8\?Q\?M=C3=BCll_=26_Co\?= <mill@acme\.com>/im);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/im);
    expect((await stand.settings())?.health.state).toBe('working');
    const left = await stand.sql('select sealed from mail_outbox');
    expect(left.every(({ sealed }) => sealed === null)).toBe(true);
  });

  it('outlives a server that is down: all of it is delivered, once, when the server is back', async () => {
    const [port = 0] = await findFreePorts(1);
    await stand.set({ port });
    send();
    const ids = await stand.enqueue(...Array.from({ length: 25 }, (_, index) => `p${index}@example.com`));
    await eventually(
      async () => expect((await stand.settings())?.health).toMatchObject({ state: 'failing', code: 'mail_unreachable' }),
      30_000,
    );
    // The server's fault is no mail's: none has used up an attempt, and 25 mails did not knock 25 times.
    await eventually(async () => {
      const mails = await stand.mails();
      expect(mails.every(({ state, attempts }) => state === 'waiting' && attempts === 0)).toBe(true);
      expect(mails.filter(({ error }) => error !== null).length).toBeLessThan(5);
      return true;
    });
    const server = await stand.serve({ port });
    await hurry();
    await allSent(25);
    expect(server.mails.map(({ messageId }) => messageId).toSorted()).toEqual(ids.map((id) => `<${id}@mill.example.com>`).toSorted());
    expect(server.connections()).toBeLessThan(25);
  });

  it('waits for a right password, and goes out when it is entered', async () => {
    const account = { username: 'mill', password: 'right-one' };
    const server = await stand.serve({ account });
    await stand.set({ port: server.port, username: 'mill', password: 'wrong-one' });
    send();
    await stand.enqueue('a@example.com');
    await eventually(async () => expect((await stand.settings())?.health.code).toBe('mail_sign_in'), 30_000);
    expect((await stand.settings())?.health.text).toBe('535 5.7.8 Authentication failed for mill [secret]');
    expect(await states()).toEqual(['waiting']);
    await stand.set({ port: server.port, username: 'mill', password: 'right-one' });
    await allSent(1);
    expect((await stand.settings())?.health).toMatchObject({ state: 'working', text: null });
  });

  it('is tried again when a server says "not now", and given up when it always does', async () => {
    const server = await stand.serve({ onRecipient: () => ({ status: 450, text: '4.2.0 Greylisted, try later' }) });
    await stand.set({ port: server.port });
    send();
    const [id = ''] = await stand.enqueue('grey@example.com');
    await eventually(async () =>
      expect((await stand.mails())[0]).toMatchObject({ state: 'waiting', attempts: 1, error: { code: 'mail_later' } }),
    );
    expect((await stand.mails())[0]?.nextAt.getTime()).toBeGreaterThan(Date.now() + 10_000);
    await stand.sql('update mail_outbox set attempts = $1, next_at = now()', [MAX_ATTEMPTS - 1]);
    await eventually(
      async () => expect((await stand.mails())[0]).toMatchObject({ state: 'failed', error: { code: 'mail_gave_up' } }),
      30_000,
    );
    expect((await stand.sql('select sealed is not null as kept from mail_outbox where id = $1', [id]))[0]).toEqual({ kept: true });
  });

  it('gives up at once what a server refuses for good, in its words, and lets the others pass', async () => {
    const onRecipient = (to: string) => (to.startsWith('no') ? { status: 550, text: '5.1.1 No such user here' } : null);
    const server = await stand.serve({ onRecipient });
    await stand.set({ port: server.port });
    await stand.enqueue('nobody@example.com', 'a@example.com', 'b@example.com');
    send();
    await allSent(2);
    const refused = (await stand.mails()).find(({ recipient }) => recipient === 'nobody@example.com');
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'mail_recipient_refused', text: '550 5.1.1 No such user here' } });
  });

  it('is not sent any more when it is of no use, or was taken back', async () => {
    const { mailOutbox } = await import('@millwright/db');
    await stand.enqueue('late@example.com', 'back@example.com');
    await stand.sql(`update mail_outbox set expires_at = now() - interval '1 minute' where recipient = 'late@example.com'`);
    await stand.db.tenant(stand.workspaceId, async (tx) => mailOutbox.cancelAbout(tx, 'about_back@example.com'));
    const server = await stand.serve();
    await stand.set({ port: server.port });
    send();
    await eventually(async () => expect((await states()).toSorted()).toEqual(['canceled', 'failed']), 30_000);
    expect((await stand.mails()).find(({ state }) => state === 'failed')?.error?.code).toBe('mail_expired');
    expect(server.mails).toEqual([]);
  });
});

describe('two senders, and one that dies', () => {
  it('share the outbox: nothing is sent twice', async () => {
    const server = await stand.serve();
    await stand.set({ port: server.port });
    await stand.enqueue(...Array.from({ length: 40 }, (_, index) => `q${index}@example.com`));
    send();
    send();
    await allSent(40);
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(40);
    expect(server.mails).toHaveLength(40);
  });

  it('killed before the server has answered: another sends it when the claim has run out, under the same id', async () => {
    const held = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    let isFirst = true;
    const server = await stand.serve({
      onMail: async () => {
        if (!isFirst) return null;
        isFirst = false;
        reached.resolve(undefined);
        await held.promise;
        return null;
      },
    });
    await stand.set({ port: server.port });
    const [id = ''] = await stand.enqueue('a@example.com');
    const child = await sendElsewhere();
    await reached.promise;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    send();
    // Nobody knows yet that it died: the mail is its own until the claim runs out.
    expect(await states()).toEqual(['waiting']);
    expect((await stand.sql('select claimed_until > now() as held from mail_outbox'))[0]).toEqual({ held: true });
    await stand.sql('update mail_outbox set claimed_until = now()');
    await allSent(1);
    held.resolve(undefined);
    // The first copy may have been taken by the server all the same; whoever gets both can tell.
    await eventually(async () => expect(server.mails.length).toBeGreaterThan(0));
    expect(new Set(server.mails.map(({ messageId }) => messageId))).toEqual(new Set([`<${id}@mill.example.com>`]));
  });

  it('Postgres away between the server’s answer and our note of it: not sent again', async () => {
    const server = await stand.serve({
      onMail: async () => {
        await stand.setAway(true);
        return null;
      },
    });
    await stand.set({ port: server.port });
    await stand.enqueue('a@example.com');
    send();
    await eventually(async () => expect(server.mails).toHaveLength(1));
    await stand.setAway(false);
    await stand.sql('update mail_outbox set claimed_until = now()');
    await allSent(1);
    expect(server.mails).toHaveLength(1);
  });
});

describe('encryption', () => {
  it.each(['tls', 'starttls'] as const)('%s: goes out where the certificate is trusted', async (security) => {
    const account = { username: 'mill', password: 'right-one' };
    const server = await stand.serve({ security, account });
    await stand.set({ port: server.port, security, username: 'mill', password: 'right-one' });
    await stand.enqueue('a@example.com');
    send([server.certificate]);
    await allSent(1);
    expect(server.mails).toHaveLength(1);
  });

  it.each([
    ['a certificate that nobody signed', 'tls', { security: 'tls' }, 'mail_certificate'],
    ['the same with STARTTLS', 'starttls', { security: 'starttls' }, 'mail_certificate'],
    ['one that has run out', 'tls', { security: 'tls', isExpired: true }, 'mail_certificate'],
    ['a server without STARTTLS', 'starttls', { security: 'none' }, 'mail_no_tls'],
    ['STARTTLS where TLS is meant', 'tls', { security: 'starttls' }, 'mail_tls_mismatch'],
  ] as const)('%s: the password is never sent, the mail waits', async (_what, security, behaviour, code) => {
    const server = await stand.serve({ ...behaviour, account: { username: 'mill', password: 'right-one' } });
    await stand.set({ port: server.port, security, username: 'mill', password: 'right-one' });
    await stand.enqueue('a@example.com');
    send(code === 'mail_certificate' && 'isExpired' in behaviour ? [server.certificate] : []);
    await eventually(async () => expect((await stand.settings())?.health).toMatchObject({ state: 'failing', code }), 40_000);
    expect(server.mails).toEqual([]);
    expect(await states()).toEqual(['waiting']);
  });
});
