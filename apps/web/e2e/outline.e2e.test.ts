import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { eventually, largeDocument, publishSketch, type Published } from '@millwright/testing';
import { rested, shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, saved, step } from './editor.ts';
import { findings } from './findings.ts';
import { focusComesTo } from './keys.ts';

let desk: Desk;
let page: Page;
let workflow: Published;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  workflow = await publishSketch(desk.owner, 'Routing', {
    nodes: [
      ['Slack', 'core.noOp'],
      ['Form', 'core.webhook', { answer: 'now' }],
      ['Check', 'core.if', { conditions: [{ left: '{{ $json.body.email }}', operator: 'contains', right: '@' }] }],
      ['Each', 'core.map'],
      ['Mail', 'core.noOp', {}, {}, 'Each'],
      ['Archive', 'core.noOp'],
    ],
    edges: ['Form -> Check', 'Check:true -> Each', 'Each:each -> Mail', 'Mail -> Each:collect', 'Check:false -> Slack', 'Each -> Archive'],
  });
  await page.goto(`/workflows/${workflow.workflowId}`);
  await step(page, 'Form').waitFor();
});
afterAll(() => desk?.close());

const tree = () => page.getByRole('tree', { name: /^Outline: / });
const rows = () => tree().getByRole('treeitem');

/** What is read aloud for the row that the keyboard is at. */
const READ_ACTIVE = `(() => {
  const tree = document.activeElement;
  const row = document.getElementById(tree?.getAttribute('aria-activedescendant') ?? '');
  return row === null ? null : [row.getAttribute('aria-label'), row.getAttribute('aria-posinset'), row.getAttribute('aria-setsize'), row.getAttribute('aria-level')];
})()`;
/** Keeps what is read aloud each time the keyboard comes to another row. */
const LISTEN = `(() => {
  window.heard = [];
  const tree = document.querySelector('[role=tree]');
  new MutationObserver(() => window.heard.push(${READ_ACTIVE})).observe(tree, { attributeFilter: ['aria-activedescendant'] });
})()`;
type Heard = readonly [label: string, position: string, size: string, level: string];
const heard = () => page.evaluate<Heard | null>(READ_ACTIVE);
const nameHeard = async (): Promise<string> => ((await heard())?.[0] ?? '').split(',')[0] ?? '';

/** Waits until the row of a step is read aloud. */
async function comesTo(name: string): Promise<void> {
  await eventually(async () => expect(await nameHeard()).toBe(name));
}

/** Names of steps in the draft as the server has it. */
async function stored(): Promise<readonly string[]> {
  const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
  return document.nodes.map((node) => node.name).toSorted();
}

// Each test goes on where the one before ended, as a person does.
describe('the outline is the graph that can be read', () => {
  it('A2: opens with O, in the order of the flow, branches by name, what a container holds below it', async () => {
    await canvas(page).focus();
    await page.keyboard.press('o');
    await tree().waitFor();
    expect(await rows().evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')))).toEqual([
      'Form, Webhook, ready',
      'Check, If, ready',
      expect.stringMatching(/^Each, .*, ready, on True of Check$/),
      expect.stringMatching(/^Mail, .*ready$/),
      expect.stringMatching(/^Archive, .*ready$/),
      expect.stringMatching(/^Slack, .*ready, on False of Check$/),
    ]);
    expect(await rows().nth(3).getAttribute('aria-level')).toBe('2');
    expect(await findings(page, 'aside')).toEqual([]);
    await shoot(page, 'outline');
  });

  it('A2: arrow keys, Home, End and typed letters move in it, and the canvas goes along', async () => {
    await tree().focus();
    await page.keyboard.press('Home');
    expect(await heard()).toEqual(['Form, Webhook, ready', '1', '5', '1']);
    await page.keyboard.press('End');
    await comesTo('Slack');
    await step(page, 'Slack').waitFor();
    await page.keyboard.type('ma');
    await comesTo('Mail');
    await page.keyboard.press('ArrowLeft');
    await comesTo('Each');
    await page.keyboard.press('ArrowLeft');
    expect(await rows().count()).toBe(5);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await comesTo('Mail');
    expect(await step(page, 'Mail').getAttribute('data-selected')).toBe('true');
    await step(page, 'Check').click();
    expect(await tree().getByRole('treeitem', { selected: true }).getAttribute('aria-label')).toMatch(/^Check/);
  });

  it('A2: in a narrow window no step that it leads to lies under it', async () => {
    await page.setViewportSize({ width: 900, height: 800 });
    await rested(page);
    await tree().focus();
    for (const [key, name] of [
      ['Home', 'Form'],
      ['End', 'Slack'],
    ] as const) {
      await page.keyboard.press(key);
      await comesTo(name);
      await eventually(async () => {
        const [panel, card] = [await page.locator('[data-left-panel]').boundingBox(), await step(page, name).boundingBox()];
        return panel !== null && card !== null && card.x >= panel.x + panel.width;
      });
    }
    await shoot(page, 'outline-narrow');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('A2: Enter opens the step, F2 renames it in place', async () => {
    await tree().focus();
    await page.keyboard.type('ar');
    await page.keyboard.press('Enter');
    const name = inspector(page).getByRole('textbox', { name: 'Name of the step' });
    // The panel of the step before is there until this one's has come.
    await eventually(async () => expect(await name.inputValue()).toBe('Archive'));
    await tree().focus();
    await page.keyboard.press('F2');
    await tree().getByRole('textbox', { name: 'New name of the step' }).waitFor();
    await page.keyboard.type('Keep');
    await page.keyboard.press('Enter');
    await focusComesTo(page, /^Outline: /);
    await comesTo('Keep');
    await saved(page);
    await eventually(async () => expect(await stored()).toContain('Keep'));
  });

  it('A2: the context menu has the same actions, and Delete leaves the keyboard in the outline', async () => {
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu').waitFor();
    await page.getByRole('menuitem', { name: /^Switch off or on/ }).click();
    await tree()
      .getByRole('treeitem', { name: /^Keep, .*switched off/ })
      .waitFor();
    await focusComesTo(page, /^Outline: /);
    await page.keyboard.press('Delete');
    await tree().getByRole('treeitem', { name: /^Keep/ }).waitFor({ state: 'detached' });
    await eventually(async () => expect((await heard())?.[0]).toMatch(/^Slack/));
    await page.keyboard.press('ControlOrMeta+z');
    await tree().getByRole('treeitem', { name: /^Keep/ }).waitFor();
    await saved(page);
    await eventually(async () => expect(await stored()).toEqual(['Check', 'Each', 'Form', 'Keep', 'Mail', 'Slack']));
  });

  it('A2: connecting from the outline goes on at the canvas, where its keys are', async () => {
    await tree().focus();
    await page.keyboard.type('mai');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /^Connect by keyboard/ }).click();
    await focusComesTo(page, /^Workflow graph/);
    await page.keyboard.press('Escape');
    expect(desk.window.faults).toEqual([]);
  });

  it('A2: a note stands in it after the steps by its first line, and Enter leads into its text', async () => {
    await canvas(page).focus();
    await page.keyboard.press('Shift+N');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('Ask Jane first');
    await page.keyboard.press('Escape');
    await tree().getByRole('treeitem', { name: 'Ask Jane first, note' }).waitFor();
    await tree().focus();
    await page.keyboard.press('End');
    expect(await heard()).toEqual(['Ask Jane first, note', '6', '6', '1']);
    await shoot(page, 'outline-note');
    await page.keyboard.press('Enter');
    await focusComesTo(page, /^Text of the note/);
    await page.keyboard.press('Escape');
    await saved(page);
    const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
    expect(document.annotations.map(({ text }) => text)).toEqual(['Ask Jane first']);
  });

  it('A2: stays open for the same person, and closes with its button', async () => {
    await page.reload();
    await tree().waitFor();
    await page.getByRole('button', { name: 'Close the panel' }).first().click();
    await tree().waitFor({ state: 'detached' });
    await focusComesTo(page, /^Workflow graph/);
    expect(desk.window.faults).toEqual([]);
  });
});

describe('a workflow of a thousand steps', () => {
  it('E37: arrow keys and Page down go from the first of 1,000 rows of the outline to the last, each stop heard with name and state, few rows in the page', async () => {
    const { id } = await desk.owner.client.workflows.create({ body: { name: 'Large' } });
    const { revision } = await desk.owner.client.drafts.get({ workflowId: id });
    await desk.owner.client.drafts.put({ workflowId: id, revision, body: largeDocument('Large', 1000) });
    await page.goto(`/workflows/${id}`);
    await page.getByRole('application', { name: /1,?000 steps/ }).waitFor();
    await canvas(page).focus();
    await page.keyboard.press('o');
    await tree().focus();
    await page.keyboard.press('Home');
    await inspector(page).getByRole('button', { name: 'Hide this panel' }).click();
    await tree().focus();
    await page.evaluate(LISTEN);
    for (let at = 1; at <= 40; at++) await page.keyboard.press('ArrowDown');
    for (let at = 1; at <= 95; at++) await page.keyboard.press('PageDown');
    await page.keyboard.press('End');
    await eventually(async () => expect((await heard())?.[1]).toBe('1000'));
    const all = await page.evaluate<readonly Heard[]>('window.heard');
    const stops = [...Array.from({ length: 40 }, (_, at) => at + 2), ...Array.from({ length: 95 }, (_, at) => 51 + at * 10), 1000];
    expect(all.map((row) => row.slice(1))).toEqual(stops.map((at) => [String(at), '1000', '1']));
    expect(all.filter((row) => !/^Step \d+, .+, (ready|\d+ to fill in)/.test(row[0]))).toEqual([]);
    expect(new Set(all.map((row) => row[0].split(',')[0])).size).toBe(stops.length);
    expect(await rows().count()).toBeLessThan(60);
    expect(desk.window.faults).toEqual([]);
  });
});
