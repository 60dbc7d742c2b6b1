import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { findings } from './findings.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

describe('Settings › Connectors', () => {
  it('shows what is proved of each connector, on a narrow window too', async () => {
    const { page } = desk.window;
    await page.goto('/settings/members');
    await page.getByRole('link', { name: 'Connectors' }).click();
    const row = page.getByRole('row').filter({ hasText: 'GitHub' });
    await row.getByText('10 actions').waitFor();
    await row.getByText('Contract', { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'connectors');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await findings(page)).toEqual([]);
  });

  it('is dark and German where the person is', async () => {
    const { page } = await desk.open({ theme: 'dark', language: 'de-DE' });
    await page.goto('/settings/connectors');
    await page.getByRole('row').filter({ hasText: 'GitHub' }).getByText('Beschreibung des Dienstes', { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'connectors-dark-de');
  });
});

describe('Settings › Network', () => {
  it('an owner says which hosts workflows reach; what is no host is said where it stands, and nothing is lost', async () => {
    const { page } = desk.window;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/settings/members');
    await page.getByRole('link', { name: 'Network' }).click();
    const only = page.getByLabel('Only these hosts');
    await only.fill('api.acme.com\nhttps://b.com');
    await page.getByText('Workflows then reach 2 hosts only.').waitFor();
    await page.getByLabel('Never these hosts').fill('*.evil.example');
    await page.getByRole('button', { name: 'Save rules' }).click();
    await page.getByText('“https://b.com” is no host.').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await desk.owner.client.network.getRules({})).toEqual({ allow: [], deny: [] });
    await only.fill('API.acme.com');
    await page.getByRole('button', { name: 'Save rules' }).click();
    await page.getByText('The rules are saved').waitFor();
    expect(await only.inputValue()).toBe('api.acme.com');
    expect(await desk.owner.client.network.getRules({})).toEqual({ allow: ['api.acme.com'], deny: ['*.evil.example'] });
    await shoot(page, 'network');
  });

  it('can be used in dark, German, 320 px', async () => {
    const { page } = await desk.open({ theme: 'dark', language: 'de-DE', width: 320 });
    await page.goto('/settings/network');
    await page.getByLabel('Nie diese Hosts').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'network-dark-de-320');
  });
});
