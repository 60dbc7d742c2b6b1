import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { createOwner, eventually, prepareInstall, queryRows, type Install, type SignedIn } from '@millwright/testing';
import { launchBrowser, openWindow, shoot, takeSession, type View, type Window } from './browser.ts';
import { findings } from './findings.ts';

/** What a browser prints while a server is away: the page itself says it in words. */
const AWAY = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|status of 50[0-9]/;

let install: Install;
let browser: Browser;
let owner: SignedIn;
let page: Page;
let window: Window;

beforeAll(async () => {
  install = await prepareInstall();
  [browser] = await Promise.all([launchBrowser(), install.start()]);
  owner = await createOwner(install);
  window = await openAs(owner);
  ({ page } = window);
});
afterAll(async () => {
  await browser?.close();
  await install?.remove();
});

async function openAs(person: SignedIn, view: View = {}): Promise<Window> {
  const opened = await openWindow(browser, install.url, view);
  await takeSession(opened, install, person);
  return opened;
}

/** The big figures, by their labels. */
async function figures(): Promise<Readonly<Record<string, number>>> {
  const labels = await page.locator('dl dt').allTextContents();
  const values = await page.locator('dl dt + dd').allTextContents();
  return Object.fromEntries(labels.map((label, index) => [label, Number(values[index])]));
}

// Each test goes on where the one before ended, as a person does.
describe('Settings › Reliability', () => {
  it('an owner pulls the plug: another process goes on, all 50 accepted runs finish, none is lost', async () => {
    const before = install.pids().server;
    await page.goto('/settings/members');
    await page.getByRole('link', { name: 'Reliability' }).click();
    await page.getByText('the server process is killed').waitFor();
    await page.getByRole('button', { name: 'Pull the plug' }).click();
    await page.getByRole('button', { name: 'A proof is under way' }).waitFor();
    await expect(owner.client.reliability.startProof({})).rejects.toMatchObject({ status: 409, code: 'proof_running' });
    await page.getByText('Another process goes on').waitFor();
    await shoot(page, 'reliability-recovering');
    await page.getByText('Nothing was lost: all 50 accepted runs finished.').waitFor({ timeout: 90_000 });
    const read = await figures();
    expect(read).toEqual({ Accepted: 50, Finished: 50, Repeated: read['Repeated'], Lost: 0 });
    const after = install.pids().server;
    expect(after).not.toBe(before);
    await page.getByText(`Process ${before} was killed at`).waitFor();
    await page.getByText(`process ${after} answers now`).waitFor();
  });

  it('the counts are those of the database: runs of one workflow, one key per effect, every effect received', async () => {
    const url = install.environmentOf('server')['DATABASE_URL'] ?? '';
    const [runs] = await queryRows<{ ended: number; workflows: number }>(
      url,
      `select count(*) filter (where status = 'succeeded')::int as ended, count(distinct workflow_id)::int as workflows from runs`,
    );
    expect(runs).toEqual({ ended: 50, workflows: 1 });
    const [receipts] = await queryRows<{ effects: number; keys: number; requests: number }>(
      url,
      `select count(distinct effect)::int as effects, count(*)::int as keys, sum(received)::int as requests from reliability_receipts`,
    );
    expect(receipts).toMatchObject({ effects: 50, keys: 50 });
    // Every second run was inside its write when the process died: its answer was lost.
    expect((receipts?.requests ?? 0) - 50).toBe((await figures())['Repeated']);
    expect((receipts?.requests ?? 0) - 50).toBeGreaterThan(0);
  });

  it('what was counted is there after a reload', async () => {
    await page.reload();
    await page.getByText('Nothing was lost: all 50 accepted runs finished.').waitFor();
    expect((await figures())['Finished']).toBe(50);
    expect(window.faults.filter((fault) => !AWAY.test(fault))).toEqual([]);
  });

  it.each([
    { name: 'light', view: { theme: 'light' } },
    { name: 'dark, German, 320 px', view: { theme: 'dark', language: 'de-DE', width: 320 } },
  ] as const)('can be used in $name', async ({ name, view }) => {
    const { page: other, context, faults } = await openAs(owner, view);
    await other.goto('/settings/reliability');
    const german = 'language' in view;
    await other.getByRole('button', { name: german ? 'Stecker ziehen' : 'Pull the plug' }).waitFor();
    await other.getByText(german ? /^Nichts ging verloren/ : /^Nothing was lost/).waitFor();
    await shoot(other, `reliability-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`);
    expect(await findings(other)).toEqual([]);
    const overflows = await other.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    expect(overflows).toBe(false);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('others are told who can let them', async () => {
    const { link } = await owner.client.invitations.create({ body: { email: 'adam@example.com', role: 'admin' } });
    const { page: other } = await openWindow(browser, install.url);
    await other.goto(new URL(link).pathname);
    await other.getByRole('textbox', { name: /name/i }).fill('Adam Admin');
    await other.getByRole('textbox', { name: /^Password/ }).fill('correct horse battery staple');
    await other.keyboard.press('Enter');
    await eventually(() => !other.url().includes('/invite/'));
    await other.goto('/settings/reliability');
    await other.getByRole('heading', { name: 'Only owners may pull the plug' }).waitFor();
    expect(await other.getByText('can give you the role Owner').count()).toBe(1);
  });
});
