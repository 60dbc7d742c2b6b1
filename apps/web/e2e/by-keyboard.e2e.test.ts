import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { eventually, publishSketch, type Published } from '@millwright/testing';
import { rested, shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canPublish, canvas, drawLine, inspector, saved, showAll, step } from './editor.ts';
import { focusComesTo, pressUntil, stopOf, tabTo } from './keys.ts';

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

const CANVAS = /^Workflow graph/;

/** Everything that the live region said, the newest last. Runs in the page. */
const LISTEN = `(() => {
  window.said = [];
  const region = document.querySelector('[data-testid=announcements]');
  new MutationObserver(() => window.said.push({ at: performance.now(), text: region.textContent })).observe(region, { characterData: true, childList: true, subtree: true });
})()`;
type Said = readonly { readonly at: number; readonly text: string }[];

async function heard(text: RegExp): Promise<void> {
  await eventually(async () => {
    const said = await page.evaluate<Said>('window.said');
    expect(said.map((one) => one.text).join(' | ')).toMatch(text);
    return true;
  });
}

/** Goes somewhere with Tab; where it comes to shows that it has the keyboard. */
async function go(name: RegExp, direction: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const stop = await tabTo(page, name, direction);
  expect(stop.hasRing, `${stop.name} shows that it has the keyboard`).toBe(true);
}

async function escape(): Promise<void> {
  await pressUntil(page, 'Escape', async () => CANVAS.test((await stopOf(page)).name));
}

/** Adds a step with `/`; the keyboard then stands at the canvas again. */
async function add(search: string, title: string): Promise<void> {
  await page.keyboard.press('/');
  await focusComesTo(page, /^Search /);
  await page.keyboard.type(search);
  await page.getByRole('option', { name: new RegExp(`^${title}`), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await step(page, title).waitFor();
  // A new step opens, with the keyboard in its panel.
  await focusComesTo(page, /^(?!Workflow graph|Search )./);
  await escape();
}

/** What the draft holds, without ids that carry chance. */
async function drawn(workflowId: string): Promise<unknown> {
  const { document } = await desk.owner.client.drafts.get({ workflowId });
  const name = (id: string): string => document.nodes.find((node) => node.id === id)?.name ?? id;
  return {
    nodes: document.nodes
      .map((node) => ({ name: node.name, type: node.type, position: node.position, parameters: node.parameters }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    edges: document.edges.map((edge) => `${name(edge.from)}:${edge.output} -> ${name(edge.to)}:${edge.input}`).toSorted(),
  };
}

/** The workflow that the address shows. */
const workflowId = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

describe('with the keyboard alone', () => {
  it('E36: three steps are built, connected with L, filled in, published, run and read, and no pointer is used', async () => {
    await page.addInitScript(`
      window.pointers = Number(sessionStorage.getItem('pointers') ?? 0);
      for (const type of ['pointerdown', 'mousedown', 'touchstart'])
        addEventListener(type, () => sessionStorage.setItem('pointers', String(++window.pointers)), { capture: true });
    `);
    await page.goto('/workflows');
    await page
      .getByRole('button', { name: /^New workflow/ })
      .first()
      .waitFor();
    await go(/^New workflow/);
    await page.keyboard.press('Enter');
    await pressUntil(page, 'ArrowDown', async () => (await stopOf(page)).name.startsWith('Blank workflow'));
    await page.keyboard.press('Enter');
    await focusComesTo(page, CANVAS);
    await page.evaluate(LISTEN);
    await add('manual', 'Manual start');
    await add('http', 'HTTP request');
    await page.keyboard.press('Escape');
    await add('no op', 'No operation');
    await heard(/Added No operation/);
    // The third step stands alone; L connects the second one to it.
    await page.keyboard.press('o');
    await tabTo(page, /^Outline/, 'Shift+Tab');
    await page.keyboard.type('http');
    await escape();
    await page.keyboard.press('l');
    await pressUntil(page, 'ArrowDown', async () => (await page.getByText(/→ No operation/).count()) > 0);
    await shoot(page, 'by-keyboard-connect');
    await page.keyboard.press('Enter');
    await heard(/Connected HTTP request to No operation/);
    await page.keyboard.press('Enter');
    await focusComesTo(page, /./);
    await go(/^Address/);
    await page.keyboard.type(`${desk.product.url}/echo/crm`);
    await escape();
    await saved(page);
    expect(((await drawn(workflowId())) as { edges: unknown }).edges).toEqual([
      'HTTP request:main -> No operation:main',
      'Manual start:main -> HTTP request:main',
    ]);
    await page.keyboard.press('Shift+P');
    await canPublish(page);
    await go(/^Publish$/);
    await page.keyboard.press('Enter');
    await page.getByText('Live v1').waitFor();
    await focusComesTo(page, CANVAS);
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await page.getByRole('button', { name: 'Open the run' }).waitFor();
    await page.keyboard.press('F6');
    await go(/^Open the run/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/run_/);
    await page.getByRole('group', { name: /^No operation.*[Ss]ucceeded/ }).waitFor();
    await go(CANVAS);
    await pressUntil(page, 'ArrowRight', async () => (await page.getByRole('complementary', { name: 'HTTP request' }).count()) > 0);
    await go(/^Show as JSON/);
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'HTTP request' }).getByText('/echo/crm').first().waitFor();
    expect(await page.evaluate('window.pointers')).toBe(0);
    expect(desk.window.faults).toEqual([]);
  });
});

const SKETCH = {
  nodes: [
    ['Form', 'core.webhook', { answer: 'now' }],
    [
      'Tidy',
      'core.editFields',
      {
        assignments: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
    ],
    ['Done', 'core.noOp'],
  ],
  edges: ['Form -> Tidy'],
} as const;

/** A port of a step. */
const port = (name: string, side: 'source' | 'target') =>
  page
    .locator('.react-flow__node')
    .filter({ has: page.getByRole('group', { name: new RegExp(`^${name},`) }) })
    .locator(`.react-flow__handle.${side}`)
    .first();

async function openSketch({ workflowId: id }: Published): Promise<void> {
  await page.goto(`/workflows/${id}`);
  await step(page, 'Tidy').waitFor();
  await page.getByRole('button', { name: 'Zoom to 100 %' }).click();
  await canvas(page).focus();
  await page.keyboard.press('1');
  await rested(page);
}

/** Drags a card. Distances in px of the window. */
async function drag(name: string, dx: number, dy: number): Promise<void> {
  const box = await step(page, name).boundingBox();
  if (!box) throw new Error(`no card ${name}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
  await page.mouse.move(x + dx, y + dy, { steps: 4 });
  await page.mouse.up();
}

/** How far a step of the sketch stands from where it began. */
async function movedBy(id: string, name: string): Promise<{ readonly dx: number; readonly dy: number }> {
  const { document } = await desk.owner.client.drafts.get({ workflowId: id });
  const [x = 0, y = 0] = document.nodes.find((node) => node.name === name)?.position ?? [];
  return { dx: x - SKETCH.nodes.findIndex(([sketched]) => sketched === name) * 280, dy: y };
}

describe('with a mouse that cannot drag', () => {
  it('E38: connecting by clicks, the Move pad, + and the buttons of rows make the same document as drags do', async () => {
    const byDrag = await publishSketch(desk.owner, 'Same', SKETCH);
    const byClick = await publishSketch(desk.owner, 'Same', SKETCH);
    await openSketch(byDrag);
    await drawLine(page, 'Tidy', 'Done');
    await drag('Done', 90, 130);
    await saved(page);
    await openSketch(byClick);
    await port('Tidy', 'source').click();
    await port('Done', 'target').click();
    await step(page, 'Done').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Move…/ }).click();
    const pad = page.getByRole('group', { name: 'Move by clicks' });
    const { dx, dy } = await movedBy(byDrag.workflowId, 'Done');
    for (const size of [40, 8]) {
      if (size === 8) await pad.getByRole('button', { name: 'Small steps' }).click();
      const [across, down] = [dx, dy].map((way) => Math.trunc((size === 40 ? way : way % 40) / size));
      for (let at = 0; at < Math.abs(across ?? 0); at++)
        await pad.getByRole('button', { name: dx > 0 ? 'Move right' : 'Move left' }).click();
      for (let at = 0; at < Math.abs(down ?? 0); at++) await pad.getByRole('button', { name: dy > 0 ? 'Move down' : 'Move up' }).click();
    }
    await shoot(page, 'move-pad');
    await pad.getByRole('button', { name: 'Leave it here' }).click();
    await saved(page);
    await eventually(async () => expect(await drawn(byClick.workflowId)).toEqual(await drawn(byDrag.workflowId)));
    // Inserting with + and reordering with buttons: what a drag would do is the palette's and the list's own.
    await showAll(page);
    await step(page, 'Tidy').click();
    await inspector(page)
      .getByRole('button', { name: /^Move row 1 down|^Row 1: down|1.*down/i })
      .click();
    await showAll(page);
    const [start, end] = [await port('Form', 'source').boundingBox(), await port('Tidy', 'target').boundingBox()];
    if (!start || !end) throw new Error('no line from Form to Tidy');
    const middle = [(start.x + end.x + start.width) / 2, (start.y + start.height / 2 + end.y + end.height / 2) / 2] as const;
    await page.mouse.move(...middle, { steps: 3 });
    await page.getByRole('button', { name: 'Insert a step here' }).first().waitFor();
    await shoot(page, 'insert-by-click');
    await page.getByRole('button', { name: 'Insert a step here' }).first().click();
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('no op');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const { nodes, edges } = (await drawn(byClick.workflowId)) as {
        nodes: readonly { name: string; parameters: unknown }[];
        edges: readonly string[];
      };
      expect(edges).toHaveLength(3);
      expect(nodes.find((node) => node.name === 'Tidy')?.parameters).toMatchObject({ assignments: [{ name: 'b' }, { name: 'a' }] });
      return true;
    });
    expect(desk.window.faults).toEqual([]);
  });
});
