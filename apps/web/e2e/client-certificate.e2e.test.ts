import { makeCertificate } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { findings } from './findings.ts';

const [own, other, old] = [makeCertificate('ada', 90), makeCertificate('bob', 90), makeCertificate('ada', -3)];

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

/** Opens the form of a connection by client certificate, from the list of connections. @param words in the language of the page */
async function openForm(of: Page, words: { readonly make: RegExp; readonly search: string; readonly kind: RegExp }): Promise<void> {
  await of.goto('/connections');
  await of.getByRole('button', { name: words.make }).first().click();
  await of.getByLabel(words.search).fill('http');
  await of.keyboard.press('Enter');
  await of.getByRole('dialog').getByRole('button', { name: words.kind }).click();
}

describe('Connections › Client certificate', () => {
  it('what is wrong with a certificate, its key or passphrase is said at the field; then it is saved, with its end', async () => {
    await openForm(page, { make: /New connection/, search: 'Search apps', kind: /^Client certificate/ });
    const dialog = page.getByRole('dialog');
    const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
    const save = () => field('Hosts').press('Enter');
    await field('Name').fill('Partner bank');
    await field('Hosts').fill('api.bank.example');
    await field('Certificate').fill('hello');
    await field('Private key').fill(own.key);
    await save();
    await dialog.getByText('This is no certificate that can be read.').waitFor();
    await field('Certificate').fill(old.cert);
    await field('Private key').fill(old.key);
    await save();
    await dialog.getByText(/^This certificate ran out on \w+ \d+, \d{4}\./).waitFor();
    await shoot(page, 'client-certificate');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await field('Certificate').fill(own.cert);
    await field('Private key').fill(other.key);
    await save();
    await dialog.getByText('This key belongs to another certificate.').waitFor();
    await field('Private key').fill(own.key);
    await save();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Partner bank' }).getByText('in 3 months').waitFor();
    const { items } = await desk.owner.client.credentials.list({});
    expect(items).toMatchObject([{ name: 'Partner bank', type: 'http.mtls', fields: {}, hosts: ['api.bank.example'] }]);
    expect(await page.content()).not.toContain(own.key.split('\n')[1] ?? own.key);
  });

  it('is dark, German and 320 px wide where the person is', async () => {
    const { page: narrow } = await desk.open({ theme: 'dark', language: 'de-DE', width: 320 });
    await openForm(narrow, { make: /Neue Verbindung/, search: 'Apps suchen', kind: /^Client-Zertifikat/ });
    const dialog = narrow.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Hausbank');
    await dialog.getByRole('textbox', { name: 'Hosts', exact: true }).fill('api.bank.example');
    await dialog.getByRole('textbox', { name: 'Zertifikat', exact: true }).fill(own.cert);
    await dialog.getByRole('textbox', { name: 'Privater Schlüssel', exact: true }).fill(other.key);
    await dialog.getByRole('textbox', { name: 'Hosts', exact: true }).press('Enter');
    await dialog.getByText('Dieser Schlüssel gehört zu einem anderen Zertifikat.').waitFor();
    expect(await narrow.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await findings(narrow, '[role=dialog]')).toEqual([]);
    await shoot(narrow, 'client-certificate-dark-de-320');
  });
});
