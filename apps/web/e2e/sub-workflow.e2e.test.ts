import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { deliver, eventually, runEnded, type Sketch } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, publish, saved, step } from './editor.ts';
import { findings } from './findings.ts';
import { makeGraph, namedLines, openGraph, whole, type Graph } from './graph.ts';

let desk: Desk;
let page: Page;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

const set = (name: string, value: string, keepOther = true) => ({ assignments: [{ name, value }], keepOther });

/** The middle reads the form, and the end reads the form and the first step of the middle. */
const LEADS: Sketch = {
  nodes: [
    ['form', 'core.webhook', { answer: 'now' }],
    ['people', 'core.splitOut', { field: 'body.people' }],
    ['greet', 'core.editFields', set('text', "{{ $('form').item.json.body.hello }} {{ $json.name }}")],
    ['old', 'core.filter', { conditions: [{ left: '{{ $json.age }}', operator: 'greater', right: '17' }] }],
    ['shout', 'core.editFields', set('loud', '{{ $json.text.toUpperCase() }}')],
    [
      'end',
      'core.editFields',
      set('all', "{{ $('people').item.json.name }}, {{ $('greet').item.json.text }}, {{ $('shout').item.json.loud }}"),
    ],
  ],
  edges: ['form -> people', 'people -> greet', 'greet -> old', 'old -> shout', 'shout -> end'],
};
const BODY = {
  hello: 'Dear',
  people: [
    { name: 'Ada', age: 36 },
    { name: 'Kim', age: 9 },
    { name: 'Bo', age: 44 },
  ],
};

/** What a run of the live version gives at a step. */
async function outputOf(url: string, nodeId: string): Promise<unknown> {
  const runId = await deliver(url, BODY);
  const run = await runEnded(desk.owner, runId, 30_000);
  expect(run, JSON.stringify(run)).toMatchObject({ status: 'succeeded' });
  const { outputs } = await desk.owner.client.runs.getNodeRun({ runId, nodeId, runIndex: 0 });
  return outputs['main']?.items.map((item) => item.json);
}

async function choose(...names: readonly string[]): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  for (const [index, name] of names.entries()) await step(page, name).click(index === 0 ? {} : { modifiers: ['Shift'] });
}

async function extract(graph: Graph, names: readonly string[], name: string): Promise<void> {
  await openGraph(page, graph);
  await choose(...names);
  await whole(page, names[0] ?? '').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Make a workflow of the steps…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Make a workflow of/ });
  await dialog.getByRole('textbox', { name: 'Name of the new workflow' }).fill(name);
  await dialog.getByRole('button', { name: 'Make the workflow' }).click();
  await dialog.waitFor({ state: 'detached' });
  await step(page, name).waitFor();
  await saved(page);
}

const fieldsOf = (items: unknown, ...keys: readonly string[]): unknown =>
  (items as readonly Readonly<Record<string, unknown>>[]).map((item) => Object.fromEntries(keys.map((key) => [key, item[key]])));

describe('steps as a workflow of their own', () => {
  it('C15: three steps become a called workflow, a run gives the same as before, one undo puts them back', async () => {
    const graph = await makeGraph(desk, 'Leads', LEADS);
    const { endpoints } = await desk.owner.client.workflows.publish({ workflowId: graph.workflowId, body: {} });
    const url = endpoints[0]?.url ?? '';
    const before = await outputOf(url, 'end');
    expect(before).toHaveLength(2);
    const start = await graph.stored();
    await extract(graph, ['greet', 'old', 'shout'], 'Greeting');
    await eventually(async () => expect(namedLines(await graph.stored())).toEqual(['Greeting>end', 'form>people', 'people>Greeting']));
    await shoot(page, 'sub-workflow-extracted');
    await publish(page, 2);
    const after = await outputOf(url, 'end');
    expect(fieldsOf(after, 'name', 'age', 'text', 'loud', 'all')).toEqual(before);
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+Z');
    await eventually(async () => expect(await graph.stored()).toEqual(start));
  });

  it('C15: a call becomes its steps again, and a run still gives the same', async () => {
    const graph = await makeGraph(desk, 'There and back', LEADS);
    const { endpoints } = await desk.owner.client.workflows.publish({ workflowId: graph.workflowId, body: {} });
    const url = endpoints[0]?.url ?? '';
    const before = await outputOf(url, 'end');
    await extract(graph, ['greet', 'old', 'shout'], 'Middle');
    await choose('Middle');
    await whole(page, 'Middle').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Put the called steps here' }).click();
    await step(page, 'shout').waitFor();
    await step(page, 'Middle').waitFor({ state: 'detached' });
    await shoot(page, 'sub-workflow-inlined');
    await publish(page, 2);
    expect(fieldsOf(await outputOf(url, 'end'), 'name', 'age', 'text', 'loud', 'all')).toEqual(before);
  });

  it('C15: says why steps cannot be cut out', async () => {
    const graph = await makeGraph(desk, 'Refused', LEADS);
    await openGraph(page, graph);
    await choose('form', 'people');
    await page.keyboard.press('Shift+X');
    const dialog = page.getByRole('dialog', { name: /^Make a workflow of/ });
    await dialog.getByText('“form” starts the workflow: a trigger has to stay.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Make the workflow' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await choose('greet', 'shout');
    await page.keyboard.press('Shift+X');
    await dialog
      .getByText(/Lines|A line leads out/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    expect(desk.window.faults).toEqual([]);
  });
});
