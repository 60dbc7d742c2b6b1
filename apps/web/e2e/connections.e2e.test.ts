import { eventually } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, canvas, enterId, inspector, newWorkflow, publish, saved, step } from './editor.ts';
import { findings } from './findings.ts';
import { focusComesTo, tabTo } from './keys.ts';
import { GOOD_KEY, startVendor, type Vendor } from './vendor.ts';

const BAD_KEY = 'no-key-of-the-shop';
const STEP = 'Test connector: Send thing';

let desk: Desk;
let page: Page;
let vendor: Vendor;

beforeAll(async () => {
  vendor = await startVendor();
  desk = await openDesk({
    env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32', MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' },
  });
  ({ page } = desk.window);
});
afterAll(async () => {
  await desk?.close();
  await vendor?.stop();
});

const dialog = () => page.getByRole('dialog');
const field = (name: string) => dialog().getByRole('textbox', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });

/** Opens what can be done with a connection, and does it. */
async function act(name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

// Each test goes on where the one before ended, as a person does.
describe('Connections', () => {
  it('say what to do first', async () => {
    await page.goto('/workflows');
    await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('heading', { name: 'No connections yet' }).waitFor();
    await shoot(page, 'connections-empty');
    expect(await findings(page)).toEqual([]);
  });

  it('are made by keyboard alone: an app, a way, a form made from what the kind declares; a wrong key is told in words', async () => {
    await tabTo(page, /^New connection$/);
    await page.keyboard.press('Enter');
    await focusComesTo(page, /^Search apps$/);
    await page.keyboard.type('test con');
    await shoot(page, 'connections-choose');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Enter');
    await focusComesTo(page, /^Access token/);
    await tabTo(page, /^API key/);
    await page.keyboard.press('Enter');
    await focusComesTo(page, /^Name$/);
    await field('Address').fill(vendor.url);
    await page.keyboard.press('Enter');
    await dialog().getByText('Fill this in.').waitFor();
    await dialog().getByText('Name at least one host').waitFor();
    await field('Name').fill('Shop');
    await field('API key').fill(BAD_KEY);
    await field('Hosts').fill('127.0.0.1');
    await shoot(page, 'connections-form');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await field('Hosts').press('Enter');
    await dialog().getByText('Test connector does not accept it').waitFor();
    await shoot(page, 'connections-test-failed');
    await dialog().getByRole('button', { name: 'Done' }).click();
    await row('Shop').getByText('Refused').waitFor();
  });

  it('never show a secret again; a new one replaces it and is tested at once', async () => {
    await act('Shop', 'Rename or replace');
    await dialog().getByText('Stored secrets are not shown').waitFor();
    expect(await field('API key').inputValue()).toBe('');
    expect(await page.content()).not.toContain(BAD_KEY);
    await field('Name').fill('Web shop');
    await field('API key').fill(GOOD_KEY);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await row('Web shop').getByText('Working').waitFor();
    await row('Web shop').getByText('Jane').waitFor();
    await act('Web shop', 'Test');
    await page.getByText('Web shop works').waitFor();
  });

  it('are chosen in a step, with undo; a step without one says so', async () => {
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    await addStep(page, 'send thing', STEP);
    await step(page, STEP)
      .and(page.getByRole('group', { name: /to fill in/ }))
      .waitFor();
    await inspector(page).getByText('This step needs a connection.').waitFor();
    await shoot(page, 'connections-step-missing');
    const slot = inspector(page).getByRole('combobox', { name: 'Connection', exact: true });
    await slot.click();
    await page.getByRole('option', { name: /^Web shop/ }).click();
    await inspector(page).getByText('Working').waitFor();
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+Z');
    await eventually(async () => expect(await slot.innerText()).toBe('Choose a connection'));
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await eventually(async () => expect(await slot.innerText()).toBe('Web shop'));
    await shoot(page, 'connections-step');
    expect(await findings(page, 'aside')).toEqual([]);
    await enterId(page, /^Name(?! of)/, 'One');
    await publish(page, 1);
  });

  it('sign the request of a run', async () => {
    const before = vendor.made();
    const workflowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { endpoints } = await desk.owner.client.workflows.get({ workflowId });
    await fetch(endpoints[0]?.url ?? '', { method: 'POST' });
    await eventually(async () => expect(vendor.made()).toBeGreaterThan(before));
  });

  it('are made without leaving the step', async () => {
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    await addStep(page, 'send thing', STEP);
    await inspector(page).getByRole('button', { name: 'Connect Test connector' }).click();
    await dialog()
      .getByRole('button', { name: /^User name and password Enter/ })
      .click();
    await field('Name').fill('Second shop');
    await field('Address').fill(vendor.url);
    await field('User name').fill('jane');
    await field('Password').fill('no');
    await field('Hosts').fill('127.0.0.1');
    await dialog().getByRole('button', { name: 'Save and test' }).click();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await eventually(async () =>
      expect(await inspector(page).getByRole('combobox', { name: 'Connection', exact: true }).innerText()).toBe('Second shop'),
    );
    await saved(page);
  });

  it('are not deleted while something uses them: the workflows are named', async () => {
    await page.goto('/connections');
    await act('Web shop', 'Delete');
    await dialog().getByText('Web shop is in use and cannot be deleted').waitFor();
    await dialog().getByRole('link').first().waitFor();
    expect(await dialog().getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await shoot(page, 'connections-in-use');
    await page.keyboard.press('Escape');
  });

  it('are shared with roles; using is not reading', async () => {
    await act('Web shop', 'Share');
    await dialog().getByRole('switch', { name: 'Everybody who builds workflows' }).click();
    await shoot(page, 'connections-share');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await dialog().getByRole('button', { name: 'Share' }).click();
    await row('Web shop').getByText('editors').waitFor();
    await page.getByRole('link', { name: 'Web shop' }).click();
    await dialog().getByText('1 stored, never shown').waitFor();
    await shoot(page, 'connections-details');
    expect(await page.content()).not.toContain(GOOD_KEY);
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('are found by name, app, account or owner', async () => {
    const search = page.getByRole('textbox', { name: 'Search connections' });
    await search.fill('second');
    await row('Web shop').waitFor({ state: 'detached' });
    await search.fill('nobody knows');
    await page.getByRole('heading', { name: 'No connection matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await row('Web shop').waitFor();
    expect(desk.window.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  });

  it.each([
    [{ theme: 'light' }, 'Connections'],
    [{ theme: 'dark' }, 'Connections'],
    [{ width: 320 }, 'Connections'],
    [{ width: 320, theme: 'dark', language: 'de-DE' }, 'Verbindungen'],
  ] as const)('are readable for everybody in %o', async (view, title) => {
    const other = await desk.open(view);
    await other.page.goto('/connections');
    await other.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await other.page.getByText('Web shop').first().waitFor();
    await shoot(other.page, `connections-${Object.values(view).join('-')}`);
    expect(await findings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.context.close();
  });
});
