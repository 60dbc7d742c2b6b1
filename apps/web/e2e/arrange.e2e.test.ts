import { deliver, eventually, HOOK_NOW, largeDocument, publishSketch, runEnded } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { rested, shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, saved, showAll, step } from './editor.ts';

import { holdAndMove, middleOf, openDraft } from './people.ts';

const FIELDS = 'core.editFields';

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

/** A row of steps, published and open. @returns its id and the address of its webhook */
async function openRow(name: string, ids: readonly string[]) {
  const nodes = [HOOK_NOW, ...ids.map((id) => [id, FIELDS] as const)];
  const edges = ids.map((id, index) => `${ids[index - 1] ?? 'hook'} -> ${id}`);
  const published = await publishSketch(desk.owner, name, { nodes, edges });
  await openDraft(page, published.workflowId);
  await showAll(page);
  return published;
}

async function stored(workflowId: string) {
  await saved(page);
  return (await desk.owner.client.drafts.get({ workflowId })).document;
}

async function places(workflowId: string): Promise<Readonly<Record<string, readonly number[]>>> {
  return Object.fromEntries((await stored(workflowId)).nodes.map((node) => [node.id, node.position]));
}

/** How far down a step is, by its id. */
async function heights(workflowId: string) {
  const now = await places(workflowId);
  return (id: string): number | undefined => now[id]?.[1];
}

async function choose(...names: readonly string[]): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  for (const [index, name] of names.entries()) await step(page, name).click(index === 0 ? {} : { modifiers: ['Shift'] });
}

const announced = (words: RegExp) => page.getByTestId('announcements').filter({ hasText: words }).waitFor();
const thing = (name: RegExp) => canvas(page).getByRole('group', { name });
const lines = () => page.locator('.react-flow__edge');

describe('arranging a workflow', () => {
  it('E8: four steps become a section that collapses to one card, shows the sum of a run, and opens to the pixel', async () => {
    const { workflowId, url } = await openRow('Section', ['a', 'b', 'c', 'd', 'end']);
    const before = await places(workflowId);
    await choose('a', 'b', 'c', 'd');
    await page.keyboard.press('ControlOrMeta+g');
    await page.getByRole('textbox', { name: 'Name of the section' }).fill('Enrich');
    await page.keyboard.press('Enter');
    await thing(/^Enrich, section, 4 steps/).waitFor();
    await eventually(async () => (await stored(workflowId)).annotations[0]?.text === 'Enrich');
    expect((await stored(workflowId)).annotations[0]?.members).toEqual(['a', 'b', 'c', 'd']);
    await shoot(page, 'section-open');
    const drawn = await step(page, 'b').boundingBox();
    await page.getByRole('button', { name: 'Collapse' }).click();
    await thing(/^Enrich, section, 4 steps, collapsed/).waitFor();
    expect(await step(page, 'b').count()).toBe(0);
    expect(await lines().count()).toBe(2);
    expect((await stored(workflowId)).edges).toHaveLength(5);
    await shoot(page, 'section-collapsed');
    await desk.owner.client.workflows.publish({ workflowId, body: {} });
    const runId = await deliver(url, { city: 'Bern' });
    await runEnded(desk.owner, runId, 20_000);
    await page.goto(`/runs/${runId}`);
    await thing(/^Enrich, section, 4 steps, collapsed, Succeeded/).waitFor();
    await shoot(page, 'section-run');
    await openDraft(page, workflowId);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await step(page, 'b').waitFor();
    expect(await step(page, 'b').boundingBox()).toEqual(drawn);
    expect(await places(workflowId)).toEqual(before);
    expect(await lines().count()).toBe(5);
  });

  it('E8: a section takes its steps along, a step dropped outside leaves it, ungrouping keeps them, and each can be undone', async () => {
    const { workflowId } = await openRow('Carried', ['a', 'b']);
    await choose('a', 'b');
    await page.keyboard.press('ControlOrMeta+g');
    await page.keyboard.press('Enter');
    const before = await places(workflowId);
    const head = await thing(/^Section, section, 2 steps/).boundingBox();
    await page.mouse.move((head?.x ?? 0) + 120, (head?.y ?? 0) + 12);
    await page.mouse.down();
    await page.mouse.move((head?.x ?? 0) + 120, (head?.y ?? 0) + 180, { steps: 8 });
    await page.mouse.up();
    const after = await places(workflowId);
    const [dx, dy] = ['a', 'b'].map((id) => [
      (after[id]?.[0] ?? 0) - (before[id]?.[0] ?? 0),
      (after[id]?.[1] ?? 0) - (before[id]?.[1] ?? 0),
    ]);
    expect(dx).toEqual(dy);
    expect(dx?.[1]).toBeGreaterThan(80);
    expect(after['hook']).toEqual(before['hook']);
    await page.keyboard.press('ControlOrMeta+z');
    await eventually(async () => JSON.stringify(await places(workflowId)) === JSON.stringify(before));
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+Shift+g');
    await thing(/section/).waitFor({ state: 'detached' });
    expect((await stored(workflowId)).annotations).toEqual([]);
    expect(await places(workflowId)).toEqual(before);
    await page.keyboard.press('ControlOrMeta+z');
    await thing(/^Section, section, 2 steps/).waitFor();
  });

  it('E13: tidying a shuffled graph of 60 steps lays nothing on anything, leads from left to right, fits, and is one undo', async () => {
    const { id: workflowId } = await desk.owner.client.workflows.create({ body: { name: 'Shuffled' } });
    const { revision } = await desk.owner.client.drafts.get({ workflowId });
    const document = largeDocument('Shuffled', 60);
    let seed = 7;
    const chance = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const nodes = document.nodes.map((node) => ({
      ...node,
      position: [Math.round(chance() * 150) * 8, Math.round(chance() * 100) * 8] as [number, number],
    }));
    await desk.owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
    await openDraft(page, workflowId);
    const before = await places(workflowId);
    await showAll(page);
    await shoot(page, 'tidy-before');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    expect(asked.filter((path) => path.includes('elk'))).toEqual([]);
    await canvas(page).focus();
    await page.keyboard.press('Shift+T');
    await announced(/^Tidied up/);
    await rested(page);
    const after = await stored(workflowId);
    const overlaps = after.nodes.flatMap((one, index) =>
      after.nodes
        .slice(index + 1)
        .filter((other) => Math.abs(one.position[0] - other.position[0]) < 240 && Math.abs(one.position[1] - other.position[1]) < 64),
    );
    expect(overlaps).toEqual([]);
    const x = new Map(after.nodes.map((node) => [node.id, node.position[0]]));
    for (const { from, to } of after.edges) expect((x.get(from) ?? 0) + 240).toBeLessThanOrEqual(x.get(to) ?? 0);
    expect(after.nodes.flatMap((node) => node.position).filter((value) => value % 8 !== 0)).toEqual([]);
    const [window, cards] = [await canvas(page).boundingBox(), await page.locator('.react-flow__node').all()];
    expect(cards).toHaveLength(60);
    for (const card of cards) {
      const box = await card.boundingBox();
      expect(box && window && box.x >= window.x && box.x + box.width <= window.x + window.width && box.y >= window.y).toBe(true);
    }
    await shoot(page, 'tidy-after');
    await page.keyboard.press('ControlOrMeta+z');
    await eventually(async () => JSON.stringify(await places(workflowId)) === JSON.stringify(before));
  });

  it('C17: tidying that fails leaves everything as it was and says so', async () => {
    const { workflowId } = await openRow('Not tidied', ['a', 'b']);
    const before = await places(workflowId);
    await page.route(/elk-worker/, (route) => route.abort());
    await canvas(page).focus();
    await page.keyboard.press('Shift+T');
    await page.getByRole('alert').filter({ hasText: 'could not be tidied up. Nothing was moved.' }).waitFor();
    await page.unroute(/elk-worker/);
    expect(await places(workflowId)).toEqual(before);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('C16: what is selected is put in line and spaced equally, and a dragged step snaps to its neighbours by lines', async () => {
    const { workflowId } = await openRow('In line', ['a', 'b', 'c']);
    await choose('b');
    await page.keyboard.press('g');
    for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await choose('a', 'b', 'c');
    const bar = page.getByRole('toolbar', { name: 'Arrange the selection' });
    await bar.getByRole('button', { name: 'Align bottom edges' }).click();
    await eventually(async () => JSON.stringify(['a', 'b', 'c'].map(await heights(workflowId))) === '[200,200,200]');
    await bar.getByRole('button', { name: 'Equal space from top to bottom' }).click();
    await eventually(async () => (await places(workflowId))['c']?.[1] === 344);
    // The minimap lies over the place where the step stands now.
    await canvas(page).focus();
    await page.keyboard.press('m');
    await choose('c');
    await rested(page);
    const { x, y } = await middleOf(page, 'c');
    await holdAndMove(page, 'c', { x: -20, y: -20 });
    await rested(page);
    // Where things are now: the camera may have gone with the panel of the step that opened.
    const [card, hook] = [await middleOf(page, 'c'), await middleOf(page, 'hook')];
    await page.mouse.move(x - 80, y - 20 + hook.y - card.y + 3, { steps: 8 });
    await shoot(page, 'guides');
    await page.locator('.mw-guides').waitFor({ state: 'attached' });
    await page.mouse.up();
    await page.locator('.mw-guides').waitFor({ state: 'detached' });
    expect((await places(workflowId))['c']?.[1]).toBe(0);
    expect(x).toBeGreaterThan(0);
  });
});
