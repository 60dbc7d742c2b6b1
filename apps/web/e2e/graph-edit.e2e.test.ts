import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { deliver, eventually, runEnded, type Sketch } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, publish, rename, saved, showAll, step } from './editor.ts';
import { drag, makeGraph, middle, middleOfLine, namedLines, openGraph, spoken, whole, type Graph } from './graph.ts';

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  await desk.window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => desk?.close());

const set = (name: string, value: string, keepOther = false) => ({ assignments: [{ name, value }], keepOther });

const FORM: Sketch = {
  nodes: [
    ['form', 'core.webhook', { answer: 'now' }],
    ['tidy', 'core.editFields', set('email', '{{ $json.body.email }}')],
    ['greet', 'core.editFields', set('text', "Hello {{ $('form').item.json.body.email }}", true)],
    ['log', 'core.editFields', set('again', "{{ $('form').item.json.body.email }}", true)],
  ],
  edges: ['form -> tidy', 'tidy -> greet', 'greet -> log'],
};

/** What the canvas has once Postgres has the same. */
async function settled(graph: Graph) {
  await saved(page);
  return graph.stored();
}

/** What a run of the live version gave at a step. */
async function outputOf(url: string, nodeId: string): Promise<unknown> {
  const runId = await deliver(url, { email: 'jane@acme.com' });
  expect((await runEnded(desk.owner, runId, 20_000)).status).toBe('succeeded');
  const { outputs } = await desk.owner.client.runs.getNodeRun({ runId, nodeId, runIndex: 0 });
  return outputs['main']?.items.map((item) => item.json);
}

async function press(key: string): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press(key);
}

describe('editing a graph', () => {
  it('E9: Mod+Delete joins the neighbours, undo brings step, parameters and lines back, redo joins them again', async () => {
    const graph = await makeGraph(desk, 'E9', FORM);
    await openGraph(page, graph);
    const start = await graph.stored();
    await step(page, 'tidy').click();
    await press('ControlOrMeta+Delete');
    await step(page, 'tidy').waitFor({ state: 'detached' });
    await eventually(async () => expect(namedLines(await graph.stored())).toEqual(['form>greet', 'greet>log']));
    await press('ControlOrMeta+Z');
    await step(page, 'tidy').waitFor();
    await eventually(async () => expect(await graph.stored()).toEqual(start));
    await press('ControlOrMeta+Shift+Z');
    await step(page, 'tidy').waitFor({ state: 'detached' });
    await eventually(async () => expect(namedLines(await graph.stored())).toEqual(['form>greet', 'greet>log']));
  });

  it('E10: seven different changes are undone one by one to the very start, and redone to the very end', async () => {
    const graph = await makeGraph(desk, 'E10', FORM);
    await openGraph(page, graph);
    const start = await settled(graph);
    const card = await middle(whole(page, 'log'));
    await drag(page, card, { x: card.x, y: card.y + 160 });
    await step(page, 'tidy').click();
    await inspector(page).getByRole('textbox', { name: '1: Name' }).fill('mail');
    await inspector(page).getByRole('textbox', { name: '1: Name' }).press('Tab');
    await rename(page, 'Clean up');
    await step(page, 'Clean up').click();
    await press('ControlOrMeta+C');
    await press('ControlOrMeta+V');
    await step(page, 'Clean up 2').waitFor();
    await press('Escape');
    await press('Shift+T');
    await spoken(page)
      .filter({ hasText: /tidied|arranged/i })
      .waitFor({ state: 'attached' });
    await showAll(page);
    await step(page, 'greet').click();
    await press('d');
    await step(page, 'greet')
      .and(page.getByRole('group', { name: /switched off/ }))
      .waitFor();
    await step(page, 'Clean up 2').click();
    await press('Delete');
    await step(page, 'Clean up 2').waitFor({ state: 'detached' });
    const end = await settled(graph);
    expect(end).not.toEqual(start);
    for (let times = 0; times < 7; times += 1) await press('ControlOrMeta+Z');
    await eventually(async () => expect(await graph.stored()).toEqual(start));
    expect(await page.getByRole('button', { name: /^Undo/ }).isEnabled()).toBe(false);
    for (let times = 0; times < 7; times += 1) await press('ControlOrMeta+Shift+Z');
    await eventually(async () => expect(await graph.stored()).toEqual(end));
  });

  it('E11: a new name with quotes shows in every chip at once, no stored reference changes, and a run gives the same', async () => {
    const graph = await makeGraph(desk, 'E11', FORM);
    const { endpoints } = await desk.owner.client.workflows.publish({ workflowId: graph.workflowId, body: {} });
    const url = endpoints[0]?.url ?? '';
    const before = await outputOf(url, 'log');
    await openGraph(page, graph);
    await step(page, 'form').click();
    await rename(page, `Quote's "form"`);
    for (const name of ['greet', 'log']) {
      await showAll(page);
      await step(page, name).click();
      await inspector(page).getByText(`Quote's "form" › Body › Email`).first().waitFor();
    }
    await saved(page);
    const stored = await graph.stored();
    expect(stored.nodes.map(({ parameters }) => parameters)).toEqual(FORM.nodes.map(([, , parameters = {}]) => parameters));
    expect(stored.nodes[0]?.name).toBe(`Quote's "form"`);
    await publish(page, 2);
    expect(await outputOf(url, 'log')).toEqual(before);
  });

  it('E12: another type takes the place of a step and keeps name, lines and what fits; a notice lists what was dropped', async () => {
    const graph = await makeGraph(desk, 'E12', {
      nodes: [
        ['hook', 'core.webhook', { answer: 'now' }],
        ['Fetch', 'rss.read', { url: 'https://example.com/feed', since: '2026-01-01T00:00:00Z' }],
        ['after', 'core.editFields', set('title', "{{ $('Fetch').item.json.title }}")],
      ],
      edges: ['hook -> Fetch', 'Fetch -> after'],
    });
    await openGraph(page, graph);
    const start = await graph.stored();
    await whole(page, 'Fetch').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Replace step…' }).click();
    await page.getByRole('combobox', { name: /^Search steps/ }).fill('http');
    await page.getByRole('option', { name: /^HTTP request/, selected: true }).waitFor();
    await shoot(page, 'picker-replace');
    await page.keyboard.press('Enter');
    const notice = page.getByRole('dialog', { name: /^Replaced/ });
    await notice.getByText('Fetch is now “HTTP request”').waitFor();
    await shoot(page, 'replaced-step');
    await notice.getByText('Newer than').first().waitFor();
    await notice.getByRole('button', { name: 'Keep it so' }).click();
    await notice.waitFor({ state: 'detached' });
    await saved(page);
    await eventually(async () => expect((await graph.stored()).nodes[1]?.type).toBe('http.request'));
    const stored = await graph.stored();
    expect(stored.nodes[1]).toMatchObject({ id: 'Fetch', name: 'Fetch', parameters: { url: 'https://example.com/feed' } });
    expect(namedLines(stored)).toEqual(['Fetch>after', 'hook>Fetch']);
    expect(stored.nodes[2]?.parameters).toEqual(start.nodes[2]?.parameters);
    await press('ControlOrMeta+Z');
    await eventually(async () => expect(await graph.stored()).toEqual(start));
  });
});

/** The labels of the open menu, without their keys. */
async function menuLabels(): Promise<readonly string[]> {
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  return items.evaluateAll((all) => all.map((one) => one.querySelector('.flex-1')?.textContent ?? ''));
}

describe('menus of a graph', () => {
  it('C21: step, line, pane and selection offer the same commands under the same words, by right click and by a resting finger', async () => {
    const graph = await makeGraph(desk, 'C21', FORM);
    await openGraph(page, graph);
    const at = await middleOfLine(page, 'form', 'tidy');
    const box = await canvas(page).boundingBox();
    if (!box) throw new Error('the canvas is not shown');
    const menus: Record<string, readonly string[]> = {};
    for (const [name, open] of [
      ['step', () => whole(page, 'tidy').click({ button: 'right' })],
      ['line', () => page.mouse.click(at.x, at.y, { button: 'right' })],
      ['pane', () => page.mouse.click(box.x + 40, box.y + 60, { button: 'right' })],
      ['selection', async () => (await press('ControlOrMeta+A'), await whole(page, 'tidy').click({ button: 'right' }))],
    ] as const) {
      await open();
      menus[name] = await menuLabels();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    expect(menus['step']).toEqual(expect.arrayContaining(['Rename', 'Duplicate', 'Replace step…', 'Delete']));
    expect(menus['line']).toEqual(expect.arrayContaining(['Add a step', 'Delete']));
    expect(menus['pane']).toEqual(expect.arrayContaining(['Add a step', 'Paste', 'Select all']));
    expect(menus['selection']).toEqual(expect.arrayContaining(['Copy', 'Make a workflow of the steps…', 'Delete']));
    await press('Escape');
    const finger = await middle(whole(page, 'greet'));
    const touch = await desk.window.context.newCDPSession(page);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
    expect(await menuLabels()).toEqual(menus['step']);
    // While a menu is open the canvas below it has no roles.
    await page.locator('.mw-card[data-selected]').filter({ hasText: 'greet' }).waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    expect(await menuLabels(), 'the menu stays when the finger lifts').toEqual(menus['step']);
    const entry = await middle(page.getByRole('menuitem', { name: 'Duplicate' }));
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [entry] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await step(page, 'greet 2').waitFor();
    await eventually(async () => expect((await graph.stored()).nodes.map(({ name }) => name)).toContain('greet 2'));
  });
});

describe('finding in a graph', () => {
  it('E14: three hits in a parameter, a program and a note are counted, Enter rings each in turn, and the last wraps', async () => {
    const graph = await makeGraph(desk, 'E14', {
      nodes: [
        ['hook', 'core.webhook', { answer: 'now' }],
        ['Fields', 'core.editFields', set('company', 'Acme Inc')],
        ['Program', 'core.code', { source: "return 'acme'" }],
        ['Noted', 'core.noOp', {}, { notes: 'Ask ACME first' }],
      ],
      edges: ['hook -> Fields', 'Fields -> Program', 'Program -> Noted'],
    });
    await openGraph(page, graph);
    await press('ControlOrMeta+F');
    const panel = page.getByRole('region', { name: 'Find' }).or(page.getByRole('complementary', { name: 'Find' }));
    const search = panel.getByRole('searchbox', { name: 'Find in this workflow' });
    await search.fill('acme');
    await panel.getByText('3 hits').waitFor();
    for (const [name, number] of [
      ['Fields', 1],
      ['Program', 2],
      ['Noted', 3],
      ['Fields', 1],
    ] as const) {
      await search.press('Enter');
      await panel.getByText(`${number} of 3`).waitFor();
      await whole(page, name).locator('.mw-card[data-found]').waitFor();
      expect(await page.locator('.mw-card[data-found]').count()).toBe(1);
    }
    await shoot(page, 'find-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot(page, 'find-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await search.press('Shift+Enter');
    await panel.getByText('3 of 3').waitFor();
  });

  it('replaces in one step what can be replaced, after showing it, and never an id or a reference', async () => {
    const graph = await makeGraph(desk, 'Replace', {
      nodes: [
        ['acme', 'core.webhook', { answer: 'now' }],
        ['Fields', 'core.editFields', set('company', "acme {{ $('acme').item.json.body.acme }}")],
      ],
      edges: ['acme -> Fields'],
    });
    await openGraph(page, graph);
    const start = await graph.stored();
    await press('ControlOrMeta+F');
    const panel = page.getByRole('complementary', { name: 'Find' }).or(page.getByRole('region', { name: 'Find' }));
    await panel.getByRole('searchbox', { name: 'Find in this workflow' }).fill('acme');
    await panel.getByRole('button', { name: 'Replace', exact: true }).first().click();
    await panel.getByRole('textbox', { name: 'Replace with' }).fill('Umbrella');
    await panel.getByRole('button', { name: /^Replace all/ }).click();
    const preview = page.getByRole('dialog', { name: /^Replace/ });
    await preview.getByText('Umbrella').first().waitFor();
    await preview.getByRole('button', { name: /^Replace \d/ }).click();
    await saved(page);
    await eventually(async () => {
      const { nodes } = await graph.stored();
      expect(nodes.map(({ id }) => id)).toEqual(['acme', 'Fields']);
      expect(nodes[0]?.name).toBe('Umbrella');
      expect(nodes[1]?.parameters).toEqual(set('company', "Umbrella {{ $('acme').item.json.body.acme }}"));
      return true;
    });
    await press('ControlOrMeta+Z');
    await eventually(async () => expect(await graph.stored()).toEqual(start));
    expect(desk.window.faults).toEqual([]);
  });
});
