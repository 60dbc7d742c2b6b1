import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { eventually, type Sketch } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, canvas, inspector, newWorkflow, saved, step } from './editor.ts';
import { findings } from './findings.ts';
import {
  drag,
  dragOver,
  idOf,
  makeGraph,
  middle,
  middleOfLine,
  namedLines,
  openGraph,
  port,
  putOnClipboard,
  spoken,
  whole,
  type Graph,
} from './graph.ts';

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  await desk.window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => desk?.close());

const ROW: Sketch = {
  nodes: [
    ['Hook', 'core.webhook', { answer: 'now' }],
    ['First', 'core.editFields'],
    ['Second', 'core.editFields'],
  ],
  edges: ['Hook -> First', 'First -> Second'],
};

const picker = (): ReturnType<Page['getByRole']> => page.getByRole('dialog', { name: 'Add a step' });
const undo = (): ReturnType<Page['getByRole']> => page.getByRole('button', { name: /^Undo/ });

/** What a person sees of a graph, and what Postgres has of it. */
async function holds(graph: Graph, steps: number, lines: readonly string[]): Promise<void> {
  await canvas(page)
    .and(page.getByRole('application', { name: new RegExp(`with ${steps} steps?\\.`) }))
    .waitFor();
  await saved(page);
  await eventually(async () => expect(namedLines(await graph.stored())).toEqual(lines.toSorted()));
}

describe('building a graph', () => {
  it('E1: a trigger from the start panel and a step from the picker stand in one line, the new one open at its first field', async () => {
    await page.goto('/');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    await addStep(page, 'http', 'HTTP request');
    expect(await page.getByRole('group').and(page.locator('.mw-card')).count()).toBe(2);
    expect(await page.locator('.react-flow__edge').count()).toBe(1);
    await eventually(async () =>
      expect(await inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue()).toBe('HTTP request'),
    );
    await eventually(() => page.evaluate<boolean>("document.activeElement?.closest('[data-field]') !== null"));
    await saved(page);
    await shoot(page, 'graph-start-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'graph-start-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.reload();
    await step(page, 'HTTP request').waitFor();
    expect(await page.locator('.mw-card').count()).toBe(2);
    expect(await page.locator('.react-flow__edge').count()).toBe(1);
  });

  it('E2: a line dropped on nothing opens the picker there; Escape leaves no step, no line and nothing to undo', async () => {
    const graph = await makeGraph(desk, 'E2', { nodes: ROW.nodes.slice(0, 2), edges: ['Hook -> First'] });
    await openGraph(page, graph);
    const from = await middle(port(page, 'First', 'source'));
    const drop = { x: from.x + 200, y: from.y + 120 };
    const first = await middle(whole(page, 'First'));
    await drag(page, from, drop);
    await picker().waitFor();
    await page.keyboard.press('Escape');
    await picker().waitFor({ state: 'detached' });
    expect(await undo().isEnabled()).toBe(false);
    await holds(graph, 2, ['Hook>First']);
    await drag(page, from, drop);
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('no operation');
    await page.keyboard.press('Enter');
    await step(page, 'No operation').waitFor();
    await holds(graph, 3, ['Hook>First', 'First>No operation']);
    // Measured from the step before: the panel that opens may push both to the left, and does so while they are looked at.
    const distance = async (): Promise<number> => {
      const [card, anchor] = [await whole(page, 'No operation').boundingBox(), await middle(whole(page, 'First'))];
      if (!card) throw new Error('the new step is not shown');
      return Math.hypot(card.x - anchor.x - (drop.x - first.x), card.y + card.height / 2 - anchor.y - (drop.y - first.y));
    };
    await expect.poll(distance).toBeLessThanOrEqual(40);
    await undo().click();
    await holds(graph, 2, ['Hook>First']);
  });

  it('E3: the + of a line puts a step between, moves what follows only as far as needed, and one undo restores all', async () => {
    const graph = await makeGraph(desk, 'E3', ROW, 300);
    await openGraph(page, graph);
    const before = await graph.stored();
    const at = await middleOfLine(page, 'First', 'Second');
    await page.mouse.move(at.x, at.y, { steps: 4 });
    await page.getByRole('button', { name: 'Insert a step here' }).click();
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('set');
    await page.getByRole('option', { name: /^Edit fields/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await step(page, 'Edit fields').waitFor();
    await holds(graph, 4, ['Hook>First', 'First>Edit fields', 'Edit fields>Second']);
    const after = await graph.stored();
    const xOf = (document: typeof after, name: string): number => document.nodes.find((node) => node.name === name)?.position[0] ?? 0;
    expect(xOf(after, 'Second')).toBeGreaterThanOrEqual(xOf(after, 'Edit fields') + 240);
    expect(xOf(after, 'First')).toBe(xOf(before, 'First'));
    await undo().click();
    await holds(graph, 3, ['Hook>First', 'First>Second']);
    expect(await graph.stored()).toEqual(before);
  });

  it('E4: a step dragged from the picker onto a line lights that line alone, and goes between where it is dropped', async () => {
    const graph = await makeGraph(desk, 'E4', ROW, 420);
    await openGraph(page, graph);
    const at = await middleOfLine(page, 'First', 'Second');
    await canvas(page).focus();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('no operation');
    const row = await middle(page.getByRole('option', { name: /^No operation/ }));
    await dragOver(page, row, at);
    await page.locator('.mw-edge[data-lit]').waitFor({ state: 'attached' });
    expect(await page.locator('.mw-edge[data-lit]').count()).toBe(1);
    await shoot(page, 'graph-drag-onto-line');
    await page.mouse.up();
    await step(page, 'No operation').waitFor();
    await holds(graph, 4, ['Hook>First', 'First>No operation', 'No operation>Second']);
    expect(await page.locator('.mw-edge[data-lit]').count()).toBe(0);
    await undo().click();
    await holds(graph, 3, ['Hook>First', 'First>Second']);
  });

  it('C6: the end of a line is drawn to another step, under the pointer and after a change elsewhere; one undo puts it back', async () => {
    const graph = await makeGraph(desk, 'C6', { nodes: [...ROW.nodes, ['Third', 'core.noOp']], edges: ROW.edges }, 320);
    await openGraph(page, graph);
    const port1 = await middle(port(page, 'Second', 'target'));
    const end = { x: port1.x - 16, y: port1.y };
    await page.mouse.move(end.x - 60, end.y, { steps: 4 });
    await page.mouse.move(end.x, end.y, { steps: 4 });
    await drag(page, end, await middle(port(page, 'Third', 'target')));
    await holds(graph, 4, ['Hook>First', 'First>Third']);
    await undo().click();
    await holds(graph, 4, ['Hook>First', 'First>Second']);
    // The same line, drawn anew: its ends are there again without another line having been looked at.
    await page.mouse.move(end.x - 60, end.y + 1, { steps: 2 });
    await drag(page, end, await middle(port(page, 'Third', 'target')));
    await holds(graph, 4, ['Hook>First', 'First>Third']);
    // Handles of all lines would be styled and laid out anew in each frame of a drag.
    expect(await page.locator('.react-flow__edgeupdater').count()).toBeLessThanOrEqual(2);
  });

  it('E5: a line onto an ancestor dims it, a tooltip names the loop, and dropping it draws nothing and says why', async () => {
    const graph = await makeGraph(desk, 'E5', ROW);
    await openGraph(page, graph);
    const from = await middle(port(page, 'Second', 'source'));
    const to = await middle(port(page, 'First', 'target'));
    await dragOver(page, from, to);
    await whole(page, 'First').locator('[data-fit=invalid]').waitFor();
    await page.getByText('This would create a loop that never ends.').first().waitFor();
    await page.mouse.up();
    await spoken(page).filter({ hasText: 'This would create a loop that never ends.' }).waitFor({ state: 'attached' });
    await holds(graph, 3, ['Hook>First', 'First>Second']);
    expect(await undo().isEnabled()).toBe(false);
  });
});

describe('moving steps between workflows', () => {
  it('E6: three copied steps arrive in another workflow with their lines, new ids, and another name only where it is taken', async () => {
    const credential = await desk.owner.client.credentials.create({
      body: { name: 'CRM key', type: 'http.bearer', fields: { token: 'secret-token' }, hosts: ['example.com'] },
    });
    const source = await makeGraph(desk, 'E6 from', {
      nodes: [...ROW.nodes, ['Call', 'http.request', { url: 'https://example.com' }]],
      edges: [...ROW.edges, 'Second -> Call'],
    });
    const { document, revision } = await desk.owner.client.drafts.get({ workflowId: source.workflowId });
    const nodes = document.nodes.map((node) => (node.id === 'Call' ? { ...node, version: 2, credentials: { auth: credential.id } } : node));
    await desk.owner.client.drafts.put({ workflowId: source.workflowId, revision, body: { ...document, nodes } });
    const target = await makeGraph(desk, 'E6 to', { nodes: ROW.nodes.slice(0, 2), edges: ['Hook -> First'] });
    await openGraph(page, source);
    const [first, last] = [await whole(page, 'First').boundingBox(), await whole(page, 'Call').boundingBox()];
    if (!first || !last) throw new Error('the steps are not shown');
    await page.keyboard.down('Shift');
    await drag(page, { x: first.x - 12, y: first.y - 40 }, { x: last.x + last.width + 12, y: last.y + last.height + 40 });
    await page.keyboard.up('Shift');
    await eventually(async () => expect(await page.locator('.mw-card[data-selected]').count()).toBe(3));
    await page.keyboard.press('ControlOrMeta+C');
    await spoken(page).filter({ hasText: '3 steps copied.' }).waitFor({ state: 'attached' });
    const second = await desk.window.context.newPage();
    await openGraph(second, target);
    await canvas(second).focus();
    await second.keyboard.press('ControlOrMeta+V');
    await step(second, 'Call').waitFor();
    await saved(second);
    await eventually(async () =>
      expect(namedLines(await target.stored())).toEqual(['First 2>Second', 'Hook>First', 'Second>Call'].toSorted()),
    );
    const stored = await target.stored();
    expect(stored.nodes.map(({ name }) => name)).toEqual(['Hook', 'First', 'First 2', 'Second', 'Call']);
    expect(idOf(stored, 'Call')).not.toBe('Call');
    expect(stored.nodes.at(-1)?.credentials).toEqual({ auth: credential.id });
    await step(second, 'Call').click();
    await inspector(second)
      .getByRole('combobox', { name: /^Connection/ })
      .getByText('CRM key')
      .waitFor();
    await second.close();
  });

  it('E7: a pasted workflow of 500 steps is there whole, in view, and one undo takes all of it back', async () => {
    const graph = await makeGraph(desk, 'E7', { nodes: ROW.nodes.slice(0, 1), edges: [] });
    await openGraph(page, graph);
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `n${index}`,
      name: `Step ${index + 1}`,
      type: 'core.noOp',
      version: 1,
      position: [(index % 25) * 300, Math.floor(index / 25) * 120],
    }));
    const edges = many.slice(1).map(({ id }, index) => ({ from: `n${index}`, to: id }));
    await putOnClipboard(page, JSON.stringify({ format: 'millwright.clipboard/1', nodes: many, edges }));
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+V');
    await page.getByRole('application', { name: /with 501 steps/ }).waitFor();
    await saved(page);
    await eventually(async () => expect((await graph.stored()).nodes).toHaveLength(501));
    const shown = await page.locator('.react-flow__node').count();
    expect(shown, 'the camera is on what was pasted').toBeGreaterThan(300);
    await undo().click();
    await page.getByRole('application', { name: /with 1 step\./ }).waitFor();
    await eventually(async () => expect((await graph.stored()).nodes).toHaveLength(1));
  });

  it('says what is wrong with pasted garbage and with five megabytes, and stays usable', async () => {
    const graph = await makeGraph(desk, 'Garbage', { nodes: ROW.nodes.slice(0, 1), edges: [] });
    await openGraph(page, graph);
    for (const [text, words] of [
      ['<p>not a workflow</p>', /holds no steps/],
      ['{"format":"millwright.clipboard/9","nodes":[{}]}', /newer version/],
      [`{"format":"millwright.workflow/1","nodes":["${'x'.repeat(5_242_880)}"]}`, /too large/],
    ] as const) {
      await putOnClipboard(page, text);
      await canvas(page).focus();
      await page.keyboard.press('ControlOrMeta+V');
      await page.getByText(words).first().waitFor();
    }
    await holds(graph, 1, []);
    expect(await findings(page)).toEqual([]);
    expect(desk.window.faults).toEqual([]);
  });
});
