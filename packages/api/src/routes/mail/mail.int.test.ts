import { startMailServer, type MailServer } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

let server: TestServer;
let owner: Visitor;
let smtp: MailServer;

const PASSWORD = 'canary-7Hq2-password';
const BODY = {
  host: '127.0.0.1',
  port: 587,
  security: 'starttls' as const,
  username: 'mill',
  password: PASSWORD,
  fromAddress: 'Mill@Acme.com',
  fromName: 'Acme <b>',
};

beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
  smtp = await startMailServer();
});
afterAll(async () => {
  await smtp?.stop();
  await server?.remove();
});

describe('the mail server of an install', () => {
  it('is nobody’s but owners’ and admins’', async () => {
    const admin = await createMember(server, owner, 'admin');
    const editor = await createMember(server, owner, 'editor');
    expect((await admin.client.mail.getSettings({})).health.state).toBe('unset');
    const { mail } = editor.client;
    const asked = [
      () => mail.getSettings({}),
      () => mail.listOutbox({}),
      () => mail.removeSettings({}),
      () => mail.test({ body: { to: 'a@b.co' } }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ status: 403, code: 'permission_missing' });
  });

  it('is stored without its password ever coming back: not in an answer, not in the audit log, sealed in the table', async () => {
    const put = await owner.client.mail.putSettings({ body: BODY });
    expect(put.server).toMatchObject({ host: '127.0.0.1', hasPassword: true, fromAddress: 'mill@acme.com', username: 'mill' });
    const seen = [
      put,
      await owner.client.mail.getSettings({}),
      await server.sql('select * from audit_log'),
      await server.sql('select * from idempotent_answers'),
    ];
    expect(JSON.stringify(seen)).not.toContain(PASSWORD);
    const [row] = await server.sql(
      `select encode(sealed_password, 'escape') as sealed, octet_length(sealed_password) as size from mail_settings`,
    );
    expect(String(row?.['sealed'])).not.toContain('canary');
    expect(row?.['size']).toBe(PASSWORD.length + 29);
  });

  it('keeps its password for the same server and user only: it is never sent elsewhere', async () => {
    const { password: _, ...kept } = BODY;
    expect((await owner.client.mail.putSettings({ body: { ...kept, fromName: '' } })).server?.hasPassword).toBe(true);
    for (const other of [{ host: 'evil.example' }, { port: 588 }, { username: 'other' }])
      await expect(owner.client.mail.putSettings({ body: { ...kept, ...other } })).rejects.toMatchObject({ code: 'mail_password_missing' });
    await expect(owner.client.mail.putSettings({ body: { ...BODY, security: 'none' } })).rejects.toMatchObject({ status: 422 });
  });

  it.each([
    { host: 'a b' },
    { host: 'http://x' },
    { host: 'x:25' },
    { port: 0 },
    { fromAddress: 'x' },
    { fromName: 'a\r\nBcc: b' },
    { username: 'a\nb' },
  ])('A78: %j is refused before it is stored', async (part) => {
    await expect(owner.client.mail.putSettings({ body: { ...BODY, ...part } })).rejects.toMatchObject({
      status: 422,
      code: 'request_invalid',
    });
  });

  it('A108: what cannot be a mail server is never connected to', async () => {
    for (const target of [{ host: '169.254.169.254' }, { port: 5432 }, { port: 80 }]) {
      await owner.client.mail.putSettings({ body: { ...BODY, ...target } });
      expect(await owner.client.mail.test({ body: { to: 'jane@acme.com' } })).toMatchObject({
        isAccepted: false,
        code: 'mail_address_refused',
      });
    }
  });

  it('belongs to the workspace that the install was set up with: nobody else sees or changes it', async () => {
    await server.sql(`insert into workspaces (id, name) select 'ws_' || repeat('0', 26), 'Other'`);
    const other = `ws_${'0'.repeat(26)}`;
    const { mailSettings } = await import('@millwright/db');
    expect(await server.db.tenant(other, mailSettings.get)).toBeNull();
    expect(await server.db.tenant(other, mailSettings.isOurs)).toBe(false);
    expect(await server.db.tenant(other, mailSettings.remove)).toBe(false);
    const stored = {
      host: 'x',
      port: 25,
      security: 'none',
      username: null,
      sealedPassword: null,
      fromAddress: 'a@b.co',
      fromName: null,
    } as const;
    await expect(server.db.tenant(other, async (tx) => mailSettings.put(tx, stored, 'usr_x'))).rejects.toThrow('row-level security');
  });
});

describe('a test message', () => {
  it('tells the server’s own words, and is in the audit log either way', async () => {
    await owner.client.mail.putSettings({ body: { ...BODY, port: smtp.port, security: 'none', username: '', password: undefined } });
    expect(await owner.client.mail.test({ body: { to: 'jane@acme.com' } })).toMatchObject({
      isAccepted: true,
      code: null,
      text: expect.stringMatching(/^250 /) as unknown,
    });
    expect(smtp.mails[0]?.subject).toBe('Test message from Millwright');
    expect((await owner.client.mail.getSettings({})).health.state).toBe('working');
    const audited = await server.sql(`select details from audit_log where action = 'mailServer.tested' order by seq desc limit 1`);
    expect(audited[0]?.['details']).toMatchObject({ isAccepted: true });
  });
});

describe('an invitation', () => {
  it('is in the outbox with its link sealed, and nowhere without a mail server', async () => {
    const mailed = await owner.client.invitations.create({ body: { email: 'eve@example.com', role: 'viewer' } });
    expect(mailed.isMailed).toBe(true);
    const { items } = await owner.client.mail.listOutbox({});
    expect(items).toMatchObject([
      { kind: 'invitation', recipient: 'eve@example.com', state: 'waiting', subject: 'Ana invited you to Acme', attempts: 0 },
    ]);
    const rows = await server.sql(`select *, encode(sealed, 'escape') as seen from mail_outbox`);
    expect(JSON.stringify([items, rows])).not.toContain(mailed.link.slice(-26));
    expect(await owner.client.mail.retry({ mailId: items[0]?.id ?? '' })).toMatchObject({ state: 'waiting' });
    await owner.client.mail.removeSettings({});
    const copied = await owner.client.invitations.create({ body: { email: 'max@example.com', role: 'viewer' } });
    expect(copied).toMatchObject({ isMailed: false, link: expect.stringContaining('/invite/') as unknown });
    expect((await owner.client.mail.listOutbox({})).items).toHaveLength(1);
    await expect(owner.client.mail.test({ body: { to: 'a@b.co' } })).rejects.toMatchObject({ status: 409, code: 'mail_not_set' });
  });

  it('that is withdrawn takes its mail along, content and all', async () => {
    const invitation = (await owner.client.invitations.list({})).items.find(({ email }) => email === 'eve@example.com');
    await owner.client.invitations.remove({ invitationId: invitation?.id ?? '' });
    const [mail] = (await owner.client.mail.listOutbox({ state: 'canceled' })).items;
    expect(mail).toMatchObject({ recipient: 'eve@example.com', nextAt: null });
    expect(await server.sql('select 1 from mail_outbox where sealed is not null')).toEqual([]);
    await expect(owner.client.mail.retry({ mailId: mail?.id ?? '' })).rejects.toMatchObject({ status: 404, code: 'mail_unknown' });
  });
});
