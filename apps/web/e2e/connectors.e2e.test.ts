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
