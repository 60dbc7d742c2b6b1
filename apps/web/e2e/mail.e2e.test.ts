import { eventually, startMailServer, type MailServer } from '@millwright/testing';
import { findFreePorts } from '@millwright/platform';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { findings } from './findings.ts';

let desk: Desk;
let page: Page;
let server: MailServer | null = null;
let port = 0;
const account = { username: 'mill', password: 'right-one' };

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  [port = 0] = await findFreePorts(1);
});
afterAll(async () => {
  await server?.stop();
  await desk?.close();
});

const field = (name: string | RegExp) => page.getByRole('textbox', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const row = (text: string) => page.getByRole('row').filter({ hasText: text });

/** Invites somebody through the screen. @returns the link that is shown */
async function invite(email: string, title: RegExp): Promise<string> {
  await page.goto('/settings/members');
  await button('Invite a person').click();
  await field('E-mail of the person').fill(email);
  await page.getByRole('dialog').getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByRole('dialog', { name: title }).waitFor();
  await button('Copy the link').waitFor();
  const link = await field('Invitation link').inputValue();
  return link;
}

// Each test goes on where the one before ended, as a person does.
describe('Settings › E-mail', () => {
  it('says what works without a mail server; an invitation is a link to copy', async () => {
    expect(await invite('first@example.com', /^The link for first@example.com is ready/)).toContain('/invite/');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'E-mail' }).click();
    await page.getByRole('heading', { name: 'No mail server yet' }).waitFor();
    await page.getByText('copies the link').waitFor();
    await page.getByRole('heading', { name: 'No mails' }).waitFor();
    await shoot(page, 'mail-empty');
    expect(await findings(page)).toEqual([]);
  });

  it('is filled in by keyboard alone, and says what is wrong before anything is sent', async () => {
    await button('Set up e-mail').focus();
    await page.keyboard.press('Enter');
    await field('Server').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Enter the name of your mail server').waitFor();
    await page.getByText('such as millwright@example.com').waitFor();
    await field('Server').fill('127.0.0.1');
    await field(/^User name/).fill(account.username);
    await field('Sender address').fill('mill@acme.com');
    await field('Sender address').press('Enter');
    await page.getByText('Enter the password: none is stored').waitFor();
    await shoot(page, 'mail-form-faults');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Encryption' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^TLS/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await field('Port').inputValue()).toBe('465'));
    await field('Port').fill(String(port));
    await page.getByLabel('Password', { exact: true }).fill('wrong-one');
    await field('Port').press('Enter');
    await page.getByText('Saved, not tried yet.').waitFor();
    await page.getByText('A password is stored.').waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain('wrong-one');
  });

  it('tells why a test message was not sent: nobody there, a certificate, no STARTTLS', async () => {
    await button('Send test message').click();
    await page.getByRole('status').getByText('The test message was not sent').waitFor();
    await page.getByRole('status').getByText('Nobody answers there.').first().waitFor();
    server = await startMailServer({ port, security: 'tls', account });
    await button('Send test message').click();
    await page.getByText('certificate is not trusted').first().waitFor();
    await server.stop();
    server = await startMailServer({ port, account });
    await page.getByRole('combobox', { name: 'Encryption' }).click();
    await page.getByRole('option', { name: /^STARTTLS/ }).click();
    await button('Save mail server').click();
    await page.getByText('Saved, not tried yet.').waitFor();
    await button('Send test message').click();
    await page.getByText('does not offer STARTTLS').first().waitFor();
    await shoot(page, 'mail-test-refused');
    expect(server.mails).toEqual([]);
  });

  it('sends a test message, and an invitation with a link that lets its reader in', async () => {
    await page.getByRole('combobox', { name: 'Encryption' }).click();
    await page.getByRole('option', { name: /^None/ }).click();
    await page.getByText('Without encryption no password is sent.').waitFor();
    await server?.stop();
    server = await startMailServer({ port });
    await button('Save mail server').click();
    await page.getByText('Saved, not tried yet.').waitFor();
    await button('Send test message').click();
    await page.getByText('The server took the test message').waitFor();
    await page.getByText('Look into the mailbox of ana@example.com').waitFor();
    expect(server.mails.map(({ subject }) => subject)).toEqual(['Test message from Millwright']);
    const link = await invite('eve@example.com', /^The invitation for eve@example.com is on its way/);
    await shoot(page, 'mail-invited');
    expect(await findings(page)).toEqual([]);
    await eventually(async () => expect(server?.mails).toHaveLength(2));
    const mail = server.mails[1];
    expect(mail).toMatchObject({ to: ['eve@example.com'], subject: 'Ana Owner invited you to Acme' });
    expect(mail?.text).toContain(link);
    expect(mail?.html).toContain(`href="${link}"`);
    await page.keyboard.press('Escape');
    await page.goto('/settings/mail');
    await row('eve@example.com').getByText('Sent').waitFor();
    await page.getByText('The server takes mails.').waitFor();
  });

  it('shows what waits while the server is down, and what was given up; both can be sent now', async () => {
    await server?.stop();
    await invite('down@example.com', /on its way/);
    await page.keyboard.press('Escape');
    await page.goto('/settings/mail');
    await page.getByText('The server takes no mails').waitFor();
    await page.getByText('1 mail is waiting').waitFor();
    await row('down@example.com').getByText('Waiting').waitFor();
    server = await startMailServer({
      port,
      onRecipient: (to) => (to.startsWith('nobody') ? { status: 550, text: '5.1.1 No such user here' } : null),
    });
    await button(/^Send “Ana Owner invited you to Acme” to down@example\.com now/).click();
    await row('down@example.com').getByText('Sent').waitFor();
    await invite('nobody.with.a.very.long.address.that.has.to.be.cut.somewhere@department.of.names.example.com', /on its way/);
    await page.keyboard.press('Escape');
    await page.goto('/settings/mail');
    await row('nobody').getByText('550 5.1.1 No such user here').waitFor();
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Given up' }).click();
    await eventually(async () => expect(await page.getByRole('row').count()).toBe(2));
  });

  it.each([
    ['light', 'en-US', 1440],
    ['dark', 'en-US', 1440],
    ['dark', 'de-DE', 320],
    ['light', 'de-DE', 320],
  ] as const)('can be used in %s, %s, %i px', async (theme, language, width) => {
    const window = await desk.open({ theme, language, width });
    await window.page.goto('/settings/mail');
    await window.page.getByText('eve@example.com').first().waitFor();
    await shoot(window.page, `mail-${theme}-${language}-${width}`);
    await window.page.getByText('eve@example.com').first().scrollIntoViewIfNeeded();
    await shoot(window.page, `mail-${theme}-${language}-${width}-outbox`);
    expect(await findings(window.page)).toEqual([]);
    expect(await window.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(window.faults).toEqual([]);
    await window.context.close();
  });

  it('removes the server after saying what follows', async () => {
    await page.goto('/settings/mail');
    await button('Remove mail server').click();
    await page.getByText('Links of invitations can still be copied.').or(page.getByText('their link can still be copied')).waitFor();
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Remove mail server' }).click();
    await page.getByRole('heading', { name: 'No mail server yet' }).waitFor();
    expect((await desk.owner.client.mail.getSettings({})).server).toBeNull();
    expect(desk.window.faults).toEqual([]);
  });
});
