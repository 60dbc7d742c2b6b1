import { eventually } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { shoot } from './browser.ts';
import { openFreshDesk, type FreshDesk } from './desk.ts';
import { canPublish, inspector, saved, step } from './editor.ts';
import { focusComesTo, pressUntil, stopOf, tabTo } from './keys.ts';

let desk: FreshDesk;
let page: Page;

beforeAll(async () => {
  desk = await openFreshDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

const CANVAS = /^Workflow graph/;

/** Goes to a field with Tab and types. */
async function type(name: RegExp, text: string): Promise<void> {
  const stop = await tabTo(page, name);
  expect(stop.hasRing, `${stop.name} shows that it has the keyboard`).toBe(true);
  await page.keyboard.type(text);
}

async function press(name: RegExp, direction: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const stop = await tabTo(page, name, direction);
  expect(stop.hasRing, `${stop.name} shows that it has the keyboard`).toBe(true);
  await page.keyboard.press('Enter');
}

/** Opens a list box and takes the value whose text begins so. */
async function choose(name: RegExp, option: RegExp): Promise<void> {
  await press(name);
  await page.getByRole('listbox').waitFor();
  await pressUntil(page, 'ArrowDown', async () => option.test((await stopOf(page)).name));
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

/** Adds a step after the chosen one with `/`; the keyboard then stands in its first field. */
async function add(search: string, title: string): Promise<void> {
  await focusComesTo(page, CANVAS);
  await page.keyboard.press('/');
  await focusComesTo(page, /^Search steps/);
  await page.keyboard.type(search);
  await page.getByRole('option', { name: new RegExp(`^${title}`), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await step(page, title).waitFor();
  await inspector(page).getByRole('textbox', { name: 'Name of the step' }).waitFor();
}

/** Back to the canvas with Escape; the first one may close a list of proposals. */
async function escape(): Promise<void> {
  await pressUntil(page, 'Escape', async () => CANVAS.test((await stopOf(page)).name));
}

/** Writes an expression into a field: typing the braces turns it into one. */
async function express(name: RegExp, text: string): Promise<void> {
  const toggle = await tabTo(page, name);
  expect(toggle.hasRing).toBe(true);
  await page.keyboard.press('Enter');
  await focusComesTo(page, new RegExp(name.source.replace(': value from data$', '$')));
  await page.keyboard.type(text);
}

// Each test goes on where the one before ended, as a person does. No test here touches the mouse.
describe('the main job, by keyboard alone', () => {
  it('creates the first owner and a blank workflow', async () => {
    await page.goto('/');
    await page.getByRole('textbox', { name: /^Your name/ }).waitFor();
    await type(/^Your name/, 'Ana Owner');
    await type(/^E-mail/, 'ana@acme.com');
    await type(/^Password/, 'correct horse battery staple');
    await type(/workspace/i, 'Acme');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .waitFor();
    await press(/New workflow/);
    await page.getByRole('menuitem', { name: /^Blank workflow/ }).waitFor();
    await pressUntil(page, 'ArrowDown', async () => (await stopOf(page)).name.startsWith('Blank workflow'));
    await page.keyboard.press('Enter');
    const stop = await focusComesTo(page, CANVAS);
    expect(stop.hasRing, 'the canvas shows that it has the keyboard').toBe(true);
  });

  it('chooses a trigger with / as soon as the editor is open', async () => {
    await page.keyboard.press('/');
    await focusComesTo(page, /^Search steps/);
    await page.getByRole('dialog', { name: 'Choose a trigger' }).waitFor();
    await page.keyboard.type('web');
    await page.keyboard.press('Enter');
    await step(page, 'Webhook').waitFor();
    await choose(/^Answer/, /^Respond to webhook|respond/i);
    await page.keyboard.press('Escape');
    expect((await focusComesTo(page, CANVAS)).hasRing).toBe(true);
  });

  it('adds four steps and fills them in', async () => {
    await add('edit', 'Edit fields');
    await press(/^Add a field/);
    await type(/^Row 1: Name$/, 'email');
    await express(/^Row 1: Value: value from data$/, '{{ $json.body.email }}');
    await shoot(page, 'keyboard-expression');
    await escape();
    await add('http', 'HTTP request');
    await type(/^Address/, `${desk.product.url}/echo/crm`);
    await escape();
    await add('if', 'If');
    await press(/^Add a condition/);
    await express(/^Row 1: value: value from data$/, '{{ $json.status }}');
    await choose(/^Row 1: comparison/, /^is$|^equals|^is equal/i);
    await type(/^Row 1: compared with$/, '200');
    await escape();
    await add('respond', 'Respond to webhook');
    await escape();
    await page.getByRole('application', { name: /with 5 steps/ }).waitFor();
    await eventually(async () =>
      expect(await inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue()).toBe('Respond to webhook'),
    );
  });

  it('connects two steps with L', async () => {
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => expect(await inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue()).toBe('If'));
    await page.keyboard.press('l');
    await page.getByText('Enter connects', { exact: false }).first().waitFor();
    await page.keyboard.press('ArrowRight');
    await shoot(page, 'keyboard-connect');
    await pressUntil(page, 'ArrowDown', async () => (await page.getByText(/→ Respond to webhook/).count()) > 0);
    await page.keyboard.press('Enter');
    await page.getByText('Connected If to Respond to webhook.').waitFor();
    await saved(page);
    expect(await page.locator('.react-flow__edge').count()).toBe(5);
  });

  it('publishes', async () => {
    await page.keyboard.press('Shift+P');
    await canPublish(page);
    await type(/^What changed/, 'First version');
    await press(/^Publish$/);
    await page.getByText('Live v1').waitFor();
    await page.getByRole('dialog', { name: /^Publish/ }).waitFor({ state: 'detached' });
    expect((await focusComesTo(page, CANVAS)).hasRing).toBe(true);
  });

  it('sends the test event from the webhook and opens its run', async () => {
    await pressUntil(
      page,
      'ArrowLeft',
      async () => (await inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue()) === 'Webhook',
    );
    await page.keyboard.press('Enter');
    await press(/^Send test event/, 'Shift+Tab');
    const dialog = page.getByRole('dialog', { name: 'Send test event' });
    await dialog.waitFor();
    await press(/^Send the event/);
    await dialog.getByText('200').first().waitFor();
    await press(/^Open the run/);
    await page.waitForURL(/\/runs\/run_/);
    await page.getByRole('group', { name: /^Respond to webhook.*[Ss]ucceeded/ }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/runs\/run_/);
  });

  it('reads what a step gave', async () => {
    await tabTo(page, CANVAS);
    await pressUntil(page, 'ArrowRight', async () => (await page.getByRole('complementary', { name: 'HTTP request' }).count()) > 0);
    await tabTo(page, /^Output/);
    await page.getByText('200').first().waitFor();
    await press(/^Show as JSON/);
    await page.getByRole('complementary', { name: 'HTTP request' }).getByText('/echo/crm').first().waitFor();
    await shoot(page, 'keyboard-run');
    expect(desk.window.faults).toEqual([]);
  });
});
