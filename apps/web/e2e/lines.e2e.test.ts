import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { deliver, eventually, runEnded, type Sketch } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, saved, showAll, step } from './editor.ts';
import { findings } from './findings.ts';
import { makeGraph, middleOfLine, openGraph, spoken, whole, type Graph } from './graph.ts';

let desk: Desk;
let page: Page;
let graph: Graph;

const ROW: Sketch = {
  nodes: [
    ['form', 'core.webhook', { answer: 'now' }],
    ['paid', 'core.editFields', { assignments: [{ name: 'email', value: '{{ $json.body.email }}' }], keepOther: false }],
    ['reply', 'core.noOp'],
  ],
  edges: ['form -> paid', 'paid -> reply'],
};

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  await desk.window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  graph = await makeGraph(desk, 'Lines', ROW);
});
afterAll(() => desk?.close());

const label = (): Locator => page.getByRole('textbox', { name: 'Label of the line' });
/** What stands at lines. */
const shown = (text: string): Locator => canvas(page).getByText(text, { exact: true });
const undo = (): Locator => page.getByRole('button', { name: /^Undo/ });
const card = (): Locator => page.getByRole('tooltip');

/** Labels of the stored draft, by their lines. */
async function labels(of: Graph = graph): Promise<Readonly<Record<string, string>>> {
  await saved(page);
  const { nodes, edges } = await of.stored();
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  return Object.fromEntries(
    edges.flatMap((edge) => (edge.label === undefined ? [] : [[`${name(edge.from)}>${name(edge.to)}`, edge.label]])),
  );
}

async function menuOfLine(from: string, to: string): Promise<void> {
  const at = await middleOfLine(page, from, to);
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await page.getByRole('menu').waitFor();
}

describe('a line that is looked at first while offline', () => {
  it('takes nothing else away; what shows its item is fetched when the network is back', async () => {
    const away = await desk.open();
    await openGraph(away.page, graph);
    await away.context.setOffline(true);
    const at = await middleOfLine(away.page, 'form', 'paid');
    await away.page.mouse.move(at.x, at.y, { steps: 5 });
    await away.page.locator('.mw-edge[data-hovered]').waitFor({ state: 'attached' });
    const fetched = away.page.waitForResponse(/first-item/);
    await away.context.setOffline(false);
    expect((await fetched).ok()).toBe(true);
    await expect.poll(() => canvas(away.page).isVisible()).toBe(true);
    await away.context.close();
  });
});

// Each test goes on where the one before ended, as a person does.
describe('C6: the label of a line', () => {
  it('is written at the line by its menu, stored, and there again after a reload', async () => {
    await openGraph(page, graph);
    await menuOfLine('form', 'paid');
    await page.getByRole('menuitem', { name: 'Label…' }).click();
    await label().waitFor();
    await label().fill('New “leads” – שלום');
    await label().press('Enter');
    await shown('New “leads” – שלום').waitFor();
    await eventually(async () => expect(await labels()).toEqual({ 'form>paid': 'New “leads” – שלום' }));
    await page.reload();
    await shown('New “leads” – שלום').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `line-label-${colorScheme}`);
    }
    expect(await findings(page)).toEqual([]);
  });

  it('is changed by keyboard alone: E goes from line to line, aloud, Shift+L writes, Escape does not', async () => {
    await showAll(page);
    await step(page, 'paid').click();
    await canvas(page).focus();
    await page.keyboard.press('e');
    await spoken(page).getByText('Line from paid to reply.').waitFor();
    await page.keyboard.press('e');
    await spoken(page)
      .getByText(/^Line from form to paid, labelled New/)
      .waitFor();
    await page.keyboard.press('Shift+L');
    await label().fill('Thrown away');
    await label().press('Escape');
    await label().waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+L');
    await label().fill('Leads');
    await label().press('Enter');
    await shown('Leads').waitFor();
    await eventually(async () => expect(await labels()).toEqual({ 'form>paid': 'Leads' }));
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Label…' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  it('is one entry of the history, goes by emptying, and is hidden where nobody could read it', async () => {
    await undo().click();
    await shown('New “leads” – שלום').waitFor();
    await page.getByRole('button', { name: /^Redo/ }).click();
    await shown('Leads').waitFor();
    await canvas(page).focus();
    // The camera glides: a key that is pressed meanwhile goes on from where it is.
    await eventually(async () => {
      await page.keyboard.press('-');
      return (await shown('Leads').count()) === 0;
    });
    await showAll(page);
    await shown('Leads').waitFor();
    await menuOfLine('form', 'paid');
    await page.getByRole('menuitem', { name: 'Label…' }).click();
    await label().fill('');
    await label().press('Enter');
    await shown('Leads').waitFor({ state: 'detached' });
    await eventually(async () => expect(await labels()).toEqual({}));
    await undo().click();
    await shown('Leads').waitFor();
    await eventually(async () => expect(await labels()).toEqual({ 'form>paid': 'Leads' }));
  });

  it('is read in the outline, found, copied along, and stays before a step that is put between', async () => {
    await canvas(page).focus();
    await page.keyboard.press('o');
    await page.getByRole('treeitem', { name: /^paid.*on Leads of form/ }).waitFor();
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+F');
    await page.getByRole('searchbox', { name: 'Find in this workflow' }).fill('leads');
    await page.getByRole('button', { name: /form → paid Label of the line/ }).waitFor();
    await page.getByRole('button', { name: 'Close the panel' }).click();
    await showAll(page);
    const copy = await makeGraph(desk, 'Copy', { nodes: ROW.nodes.slice(0, 1), edges: [] });
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+C');
    await openGraph(page, copy);
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+V');
    await eventually(async () => expect(Object.values(await labels(copy))).toEqual(['Leads']));
    await openGraph(page, graph);
    const at = await middleOfLine(page, 'form', 'paid');
    await page.mouse.move(at.x, at.y, { steps: 4 });
    await page.getByRole('button', { name: 'Insert a step here' }).click();
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('no operation');
    await page.getByRole('option', { name: /^No operation/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await step(page, 'No operation').waitFor();
    await eventually(async () => expect(await labels()).toEqual({ 'form>No operation': 'Leads' }));
    await undo().click();
    await eventually(async () => expect(await labels()).toEqual({ 'form>paid': 'Leads' }));
  });

  it('is a sentence of its own among what would be published', async () => {
    await desk.owner.client.workflows.publish({ workflowId: graph.workflowId, body: { note: 'First' } });
    await openGraph(page, graph);
    await menuOfLine('form', 'paid');
    await page.getByRole('menuitem', { name: 'Label…' }).click();
    await label().fill('Sign-ups');
    await label().press('Enter');
    await shown('Sign-ups').waitFor();
    await saved(page);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Publish/ });
    const sentence = dialog.getByText('The line from “form” to “paid” is labelled “Sign-ups”, before: “Leads”; runs do not change');
    await sentence.waitFor();
    expect(await sentence.count()).toBe(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('C8: what went over a line', () => {
  it('is shown at the line of a run, under the pointer and to the keyboard, aloud', async () => {
    const { endpoints } = await desk.owner.client.workflows.get({ workflowId: graph.workflowId });
    const runId = await deliver(endpoints[0]?.url ?? '', { email: 'jane@acme.com', note: 'x'.repeat(5000) });
    await runEnded(desk.owner, runId, 20_000);
    await page.goto(`/runs/${runId}`);
    await step(page, 'reply').waitFor();
    await showAll(page);
    expect(await card().count()).toBe(0);
    const at = await middleOfLine(page, 'paid', 'reply');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.mouse.move(at.x, at.y - 200);
      await page.mouse.move(at.x, at.y, { steps: 4 });
      await card().getByText('jane@acme.com').waitFor();
      await shoot(page, `line-item-${colorScheme}`);
    }
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    const box = await whole(page, 'paid').boundingBox();
    await page.mouse.move(box?.x ?? 0, (box?.y ?? 0) + 400);
    await step(page, 'reply').click();
    await canvas(page).focus();
    await page.keyboard.press('e');
    await card().getByText('jane@acme.com').waitFor();
    await spoken(page)
      .getByText(/First item: email jane@acme\.com/)
      .waitFor();
  });

  it('is that of the latest run while the draft is edited, and bounded however much an item holds', async () => {
    await openGraph(page, graph);
    const at = await middleOfLine(page, 'form', 'paid');
    await page.mouse.move(at.x, at.y, { steps: 4 });
    await card().getByText('First item that went this way').waitFor();
    expect((await card().innerText()).length).toBeLessThan(1500);
    await page.mouse.move(at.x, at.y - 250, { steps: 4 });
    await card().waitFor({ state: 'detached' });
  });
});
