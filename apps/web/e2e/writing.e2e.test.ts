import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { deliver, eventually, publishSketch, runEnded, type Published } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, saved, showAll, step } from './editor.ts';
import { findings } from './findings.ts';
import { makeGraph } from './graph.ts';

let desk: Desk;
let page: Page;
let workflow: Published;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  workflow = await publishSketch(desk.owner, 'Sign-up', {
    nodes: [
      ['Form', 'core.webhook', { answer: 'now' }],
      [
        'Pick',
        'core.editFields',
        {
          assignments: [
            { name: 'email', value: '{{ $json.body.email }}' },
            { name: 'count', value: '{{ 2 }}' },
          ],
          keepOther: false,
        },
      ],
      ['Greet', 'core.editFields', { assignments: [{ name: 'text', value: '{{ 1 }}' }], keepOther: false }],
      ['Program', 'core.code', { mode: 'each', source: 'return $json;' }],
    ],
    edges: ['Form -> Pick', 'Pick -> Greet', 'Pick -> Program'],
  });
  await makeGraph(desk, 'Another', {
    nodes: [
      ['Start', 'core.manual'],
      ['Fields', 'core.editFields'],
    ],
    edges: ['Start -> Fields'],
  });
  const runId = await deliver(workflow.url, { email: 'jane@acme.com' });
  await runEnded(desk.owner, runId, 20_000);
});
afterAll(() => desk?.close());

const field = (): Locator => inspector(page).getByRole('textbox', { name: 'Row 1: Value' });
const program = (): Locator => inspector(page).getByRole('textbox', { name: 'Code', exact: true });

/** Empties the field that has the keyboard, as somebody who types does. */
async function emptied(of: Locator): Promise<void> {
  await of.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
}

describe('E31: an expression', () => {
  it('is completed from the data of the latest run, by keyboard, with the sample beside', async () => {
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Greet').click();
    await emptied(field());
    await page.keyboard.type('{{ $json.em');
    const option = page.getByRole('option', { name: /email/ });
    await option.waitFor();
    await expect.poll(() => option.innerText()).toContain('jane@acme.com');
    await shoot(page, 'expression-proposals');
    await page.keyboard.press('Enter');
    await page.keyboard.type(' }}');
    await inspector(page).getByRole('status').filter({ hasText: 'jane@acme.com' }).waitFor();
    await saved(page);
    await eventually(async () => {
      const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
      const { parameters } = document.nodes.find(({ id }) => id === 'Greet') ?? {};
      return expect(parameters?.['assignments']).toEqual([{ name: 'text', value: '{{ $json.email }}' }]);
    });
  });

  it('that reads what is not there names it', async () => {
    await emptied(field());
    await page.keyboard.insertText('{{ $json.nope.x }}');
    await inspector(page).getByText(/nope/).and(inspector(page).locator('li *, [role=status] *')).first().waitFor();
    expect(await findings(page, 'aside')).toEqual([]);
  });

  it('without an end is given up, and the page goes on taking keys', async () => {
    await emptied(field());
    await page.keyboard.insertText("{{ 'x'.repeat(900000).split('').map((a) => 'y'.repeat(900000).split('')) }}");
    await inspector(page)
      .getByText(/too much work|more work/i)
      .first()
      .waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' and more');
    await expect.poll(() => field().innerText()).toContain('and more');
  });
});

describe('E33: a Code step', () => {
  it('proposes what the item of the latest run holds, with its kind; the editor of programs is fetched with the first of them', async () => {
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    const editor = (): readonly string[] => asked.filter((path) => /program-editor.*\.js$/.test(path));
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Greet').click();
    await inspector(page).getByRole('textbox', { name: 'Row 1: Value' }).waitFor();
    expect(editor()).toEqual([]);
    await step(page, 'Program').click();
    await emptied(program());
    await page.keyboard.type('return $json.');
    const list = page.getByRole('option');
    await list.filter({ hasText: '$json.email' }).filter({ hasText: 'string' }).waitFor();
    await list.filter({ hasText: '$json.count' }).filter({ hasText: 'number' }).waitFor();
    await shoot(page, 'program-proposals');
    await page.keyboard.type('em');
    await page.getByRole('option', { name: /email/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => program().innerText()).toContain('return $json.email');
    expect(editor()).toHaveLength(1);
  });
});

describe('finding a step, a text, a finished workflow', () => {
  it('C19: what a step says is found from the palette too, and Enter leads to its field', async () => {
    await showAll(page);
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Type what you want to do' }).fill('body.email');
    await page.getByRole('option', { name: /^Pick, .*email/i }).click();
    await inspector(page).getByRole('textbox', { name: 'Name of the step' }).waitFor();
    await expect.poll(() => inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue()).toBe('Pick');
  });

  it('N1: what the workflows of the workspace use most comes first, after what one used lately', async () => {
    await page.evaluate('localStorage.clear()');
    await page.goto(`/workflows/${workflow.workflowId}`);
    await showAll(page);
    await canvas(page).focus();
    await page.keyboard.press('/');
    await expect.poll(() => page.getByRole('option').first().innerText()).toContain('Edit fields');
    await page.keyboard.press('Escape');
  });

  it('N6: finished workflows stand in the same list, and open as workflows of their own', async () => {
    const { items } = await desk.owner.client.templates.list();
    const [template] = items;
    if (!template) throw new Error('there are no templates');
    await canvas(page).focus();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: /^Search steps/ }).fill(template.title);
    const row = page.getByRole('option', { name: new RegExp(`${template.title}.*opens as a new one`) });
    await row.waitFor();
    await shoot(page, 'picker-template');
    await row.click();
    await page.waitForURL((url) => url.pathname.startsWith('/workflows/') && !url.pathname.endsWith(workflow.workflowId));
    await canvas(page).waitFor();
    await eventually(async () =>
      expect((await desk.owner.client.workflows.list({})).items.map(({ name }) => name)).toContain(template.title),
    );
  });
});
