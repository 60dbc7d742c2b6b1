import { eventually } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, choose, inspector, newWorkflow, saved } from './editor.ts';
import { findings } from './findings.ts';
import { startOptionVendor, type OptionVendor } from './option-vendor.ts';

const STEP = 'Test connector: Send thing';
const NAMES = Array.from({ length: 120 }, (_, n) => [`n${n}`, `Name ${n}`] as const);

let desk: Desk;
let page: Page;
let vendor: OptionVendor;
let workflowId = '';
let credentialId = '';

beforeAll(async () => {
  vendor = await startOptionVendor('first-key-51c0');
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32', MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' } });
  ({ page } = desk.window);
  const fields = { key: 'first-key-51c0', baseUrl: vendor.url };
  const body = { type: 'testconnector.header', name: 'Shop', fields, hosts: ['127.0.0.1'] };
  ({ id: credentialId } = await desk.owner.client.credentials.create({ body }));
  vendor.know(NAMES);
  await page.goto('/workflows');
  await newWorkflow(page, /^Webhook/, 'Webhook');
  workflowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await addStep(page, 'send thing', STEP);
});
afterAll(async () => {
  await desk?.close();
  await vendor?.stop();
});

const field = () => inspector(page).getByRole('combobox', { name: /^Name/ });
const options = () => page.getByRole('option');
const parameter = async (): Promise<unknown> => {
  const { document } = await desk.owner.client.drafts.get({ workflowId });
  return document.nodes.find(({ type }) => type === 'testconnector.thing.send')?.parameters['name'];
};

// Each test goes on where the one before ended, as a person does.
describe('values that a service knows', () => {
  it('say what they wait for while no connection is chosen', async () => {
    await inspector(page).getByText('Choose a connection first: the list comes with it.').waitFor();
    expect(vendor.asked()).toBe(0);
  });

  it('E32: with a connection the list loads once; arrows choose, and the id is what is stored', async () => {
    await choose(page, 'Connection', /^Shop/);
    await eventually(() => vendor.asked() === 1);
    await field().click();
    await options().first().waitFor();
    expect(await options().count()).toBe(100);
    await shoot(page, 'options-open');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await field().inputValue()).toBe('Name 1'));
    await saved(page);
    await eventually(async () => expect(await parameter()).toBe('n1'));
    expect(await findings(page, 'aside')).toEqual([]);
    expect(vendor.asked()).toBe(1);
  });

  it('are searched as people type, shown further on request, and Escape leaves what was chosen', async () => {
    await field().fill('name 118');
    await page.getByRole('option', { name: 'Name 118' }).waitFor();
    await eventually(async () => expect(await options().count()).toBe(1));
    await field().fill('nothing like it');
    await page.getByText('Nothing is found for “nothing like it”.').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await field().inputValue()).toBe('Name 1'));
    await field().click();
    await page.getByRole('button', { name: 'Show more' }).click();
    await eventually(async () => expect(await options().count()).toBe(120));
    await page.keyboard.press('Escape');
    expect(await parameter()).toBe('n1');
  });

  it('that are gone are kept and flagged after a refresh', async () => {
    vendor.know([['n2', 'Name 2']]);
    await inspector(page).getByRole('button', { name: 'Load the list of “Name” again' }).click();
    await inspector(page).getByText('“Name 1” is no longer in the list. It is kept until you choose something else.').waitFor();
    expect(await parameter()).toBe('n1');
    await shoot(page, 'options-gone');
  });

  it('E32: with a key that was withdrawn the field shows what the service said and Reconnect, and the old value is kept', async () => {
    vendor.acceptOnly('second-key-77aa');
    await inspector(page).getByRole('button', { name: 'Load the list of “Name” again' }).click();
    const fault = inspector(page).getByRole('alert').filter({ hasText: 'this key was withdrawn' });
    await fault.waitFor();
    await fault.getByRole('link', { name: 'Reconnect' }).waitFor();
    expect(await parameter()).toBe('n1');
    expect(await findings(page, 'aside')).toEqual([]);
    await shoot(page, 'options-refused');
  });

  it('E32: connected anew, the list loads', async () => {
    await inspector(page).getByRole('link', { name: 'Reconnect' }).click();
    await page.waitForURL(/\/connections/);
    await desk.owner.client.credentials.update({
      credentialId,
      body: { name: 'Shop', fields: { key: 'second-key-77aa', baseUrl: vendor.url }, hosts: ['127.0.0.1'] },
    });
    // As the product's own form does after a change.
    await desk.owner.client.credentials.test({ credentialId });
    await page.goBack();
    // It was connected anew from elsewhere: this window hears of that when it is loaded.
    await page.reload();
    await page.getByRole('group', { name: new RegExp(`^${STEP},`) }).click();
    await inspector(page).getByText('“n1” is no longer in the list.').waitFor();
    await field().click();
    await page.getByRole('option', { name: 'Name 2' }).click();
    await eventually(async () => expect(await parameter()).toBe('n2'));
  });

  it('are given by id instead, by keyboard, and by data', async () => {
    await inspector(page).getByRole('radio', { name: 'From list' }).focus();
    await page.keyboard.press('ArrowRight');
    const id = inspector(page).getByRole('textbox', { name: /^Name(?! of)/ });
    await id.fill('n77');
    await eventually(async () => expect(await parameter()).toBe('n77'));
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await inspector(page).getByText('“n77” is no longer in the list.').waitFor();
    await inspector(page).getByRole('button', { name: 'Name: value from data', exact: true }).click();
    await eventually(async () => expect(await parameter()).toBe('{{ "n77" }}'));
  });

  it('are offered in German and in the dark', async () => {
    const other = await desk.open({ theme: 'dark', language: 'de-DE' });
    await other.page.goto(`/workflows/${workflowId}`);
    await other.page.getByRole('group', { name: new RegExp(`^${STEP},`) }).click();
    const panel = other.page.getByRole('complementary', { name: 'Schritt' });
    await panel.getByRole('button', { name: 'Name: Wert aus Daten' }).click();
    await panel.getByRole('radio', { name: 'Aus der Liste' }).waitFor();
    expect(await findings(other.page, 'aside')).toEqual([]);
    await shoot(other.page, 'options-dark-de');
    expect(other.faults).toEqual([]);
    await other.context.close();
  });
});
