import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { rested, shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { inspector, saved, step, writeExpression } from './editor.ts';
import { makeGraph, openGraph, spoken } from './graph.ts';
import { chooseHundred, countChosen, countElements, drawn, middleCard, putLarge, toOverview, toWorkingZoom } from './large.ts';
import { endsOfLines } from './line-ends.ts';
import { largeLibraries, listenForPrograms, type Program, ROUTE_CAPS_KB, weighKb } from './programs.ts';
import { countRenders } from './render-count.ts';

const STEPS = 1000;
/** A step that stands in the middle of the graph. */
const MIDDLE = 'step_512';
/** Counts lines that come to the page, those that go again included. */
const COUNT_LINES = `window.linesSeen = 0;
new MutationObserver((changes) => {
  for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element))
    window.linesSeen += added.querySelectorAll('.react-flow__edge').length + (added.matches('.react-flow__edge') ? 1 : 0);
}).observe(document, { childList: true, subtree: true });`;

let desk: Desk;
let page: Page;
let workflowId = '';
let linesAtFirst = 0;
let drawnCards: () => Promise<readonly string[]>;
const asked: string[] = [];

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  workflowId = await putLarge(desk.owner, STEPS);
  drawnCards = await countRenders(page);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname.replace(workflowId, ':id')}`);
  });
  await page.addInitScript(COUNT_LINES);
  await page.goto(`/workflows/${workflowId}`);
  await drawn(page);
  await saved(page);
  linesAtFirst = await page.evaluate<number>('window.linesSeen');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(page, `speed-failed-${task.id}`);
});
afterAll(() => desk?.close());

/** Drags from a point and waits until nothing moves any more. */
async function drag(from: { readonly x: number; readonly y: number }, by: { readonly x: number; readonly y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 20 });
  await page.mouse.up();
  await rested(page);
}

/** Places of all steps as Postgres has them. */
async function places(): Promise<ReadonlyMap<string, string>> {
  await saved(page);
  const { document } = await desk.owner.client.drafts.get({ workflowId });
  return new Map(document.nodes.map((node) => [node.id, node.position.join(' ')]));
}

/** Ids of the steps that stand elsewhere. */
function moved(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before].flatMap(([id, place]) => (after.get(id) === place ? [] : [id]));
}

describe('a workflow of 1,000 steps', () => {
  it('is opened with few requests, each made once', () => {
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(10);
  });

  it('T1: is opened with all in view as blocks at once: no line of its own is drawn and taken away again', () => {
    expect(linesAtFirst).toBe(0);
  });

  it('T2: is drawn with at most 4,500 elements in the overview and 2,500 at working zoom', async () => {
    await toOverview(page);
    expect(await countElements(page)).toBeLessThanOrEqual(4500);
    await toWorkingZoom(page, MIDDLE);
    expect(await countElements(page)).toBeLessThanOrEqual(2500);
  });

  it('G10: no other card is drawn anew while one is dragged', async () => {
    const card = await middleCard(page);
    await drag(card, { x: 30, y: 20 });
    await drawnCards();
    const again = await middleCard(page, `[data-id="${card.nodeId}"]`);
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    await page.mouse.move(again.x + 4, again.y + 4, { steps: 2 });
    await rested(page);
    await drawnCards();
    await page.mouse.move(again.x - 30, again.y - 20, { steps: 30 });
    await rested(page);
    expect(await drawnCards()).toEqual([]);
    await page.mouse.up();
    await rested(page);
    expect(new Set(await drawnCards())).toEqual(new Set([card.nodeId]));
  });

  it('G2: is drawn once in the overview, and not again by the camera', async () => {
    await toOverview(page);
    await drawnCards();
    const spot = { x: 700, y: 450 };
    await page.mouse.move(spot.x, spot.y);
    for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(15, 10);
    await rested(page);
    expect(await drawnCards()).toEqual([]);
  });

  it('T5, E39: a hundred chosen steps are dragged as one entry of the history, and stay chosen', async () => {
    const before = await places();
    await toOverview(page);
    await chooseHundred(page);
    expect(await countChosen(page)).toBe(100);
    await page.keyboard.press('2');
    await rested(page);
    await drag(await middleCard(page, '.selected'), { x: 60, y: 40 });
    expect(moved(before, await places())).toHaveLength(100);
    await toOverview(page);
    expect(await countChosen(page)).toBe(100);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => moved(before, await places()), { timeout: 30_000 }).toEqual([]);
    expect(await countChosen(page)).toBe(100);
  });

  it('T10: a thousand steps that are put in order part by part are one entry of the history, whenever it is taken back', async () => {
    const before = await places();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+T');
    await spoken(page)
      .filter({ hasText: /tidied/i })
      .waitFor({ state: 'attached', timeout: 60_000 });
    expect(moved(before, await places()).length).toBeGreaterThan(STEPS / 2);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => moved(before, await places()), { timeout: 30_000 }).toEqual([]);
    await page.keyboard.press('Shift+T');
    // The first part is written: nothing can be redone any more.
    await page.locator('button[aria-label^="Redo"]:disabled').waitFor({ timeout: 60_000 });
    await page.keyboard.press('ControlOrMeta+z');
    // Time for all that was left to be written.
    await rested(page);
    await expect.poll(async () => moved(before, await places()), { timeout: 30_000 }).toEqual([]);
  });

  it('E39: after zooming out and in again every line has both its ends, and what was chosen is chosen', async () => {
    // Beside the panel of the chosen step there is room for many lines.
    await page.setViewportSize({ width: 1920, height: 1200 });
    await toWorkingZoom(page, MIDDLE);
    const card = await middleCard(page);
    await page.mouse.click(card.x, card.y);
    await page.keyboard.press('1');
    await rested(page);
    await page.keyboard.press('2');
    await rested(page);
    await page.keyboard.press('0');
    await rested(page);
    expect(await countChosen(page)).toBe(1);
    // Away from every line: where the pointer stands a line is drawn bolder.
    await page.mouse.move(4, 4);
    const { document } = await desk.owner.client.drafts.get({ workflowId });
    const { inView, withoutEnd } = await endsOfLines(page, document.edges);
    expect(inView).toBeGreaterThan(10);
    await shoot(page, 'speed-lines');
    expect(withoutEnd).toEqual([]);
  });
});

/** Whether one of these programs holds the library of dates. */
const holdsDates = (programs: readonly Program[]): boolean => programs.some(({ source }) => source.includes('Invalid DateTime'));

describe('what a browser fetches', () => {
  it('T12, T13: each route asks for no more programs than it may, and for no large library before any click', async () => {
    const window = await desk.open();
    const stranger = await desk.browser.newContext({ baseURL: desk.product.url });
    const weigh = async (target: Page, address: string) => {
      const programs = listenForPrograms(target);
      await target.goto(address);
      return programs();
    };
    const signIn = await weigh(await stranger.newPage(), '/sign-in');
    const list = await weigh(window.page, '/workflows');
    const fresh = await desk.open();
    const editor = await weigh(fresh.page, `/workflows/${workflowId}`);
    await stranger.close();
    expect(weighKb(signIn)).toBeLessThanOrEqual(ROUTE_CAPS_KB.signIn);
    expect(weighKb(list)).toBeLessThanOrEqual(ROUTE_CAPS_KB.list);
    expect(weighKb(editor)).toBeLessThanOrEqual(ROUTE_CAPS_KB.editor);
    expect(largeLibraries(editor)).toEqual({ ELK: [], CodeMirror: [], Monaco: [] });
  });

  it('T12: the first expression asks for no more programs than it may; dates come with the first date', async () => {
    const graph = await makeGraph(desk, 'First expression', {
      nodes: [
        ['Start', 'core.manual'],
        ['Call', 'http.request', { url: 'https://example.com' }],
      ],
      edges: ['Start -> Call'],
    });
    const { page: fresh } = await desk.open();
    const programs = listenForPrograms(fresh);
    const shows = (value: RegExp): Promise<void> => inspector(fresh).getByRole('status').filter({ hasText: value }).waitFor();
    await openGraph(fresh, graph);
    await step(fresh, 'Call').click();
    await inspector(fresh).getByRole('button', { name: 'Address: value from data', exact: true }).waitFor();
    // What the panel needs, and what is fetched ahead, has come when nothing comes any more.
    while ((await programs()).length > 0);
    await writeExpression(fresh, 'Address', '{{ 1 + 1 }}');
    await shows(/^2/);
    const first = await programs();
    expect(weighKb(first)).toBeGreaterThan(0);
    expect(weighKb(first)).toBeLessThanOrEqual(ROUTE_CAPS_KB.expression);
    expect(holdsDates(first)).toBe(false);
    await writeExpression(fresh, 'Address', "{{ DateTime.fromISO('2026-11-21').plus({ days: 1 }).toISODate() }}");
    await shows(/^2026-11-22/);
    expect(holdsDates(await programs())).toBe(true);
  });
});
