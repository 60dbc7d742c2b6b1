import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { deliver, eventually, publishSketch, runEnded, type Published } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, rename, saved, showAll, step } from './editor.ts';
import { findings } from './findings.ts';
import { makeGraph, openGraph } from './graph.ts';

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
      ['Once', 'core.code', { mode: 'all', source: 'return $input.all();' }],
    ],
    edges: ['Form -> Pick', 'Pick -> Greet', 'Pick -> Program', 'Pick -> Once'],
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

  it('that is begun in the middle of a text is written there', async () => {
    await emptied(field());
    await page.keyboard.type('Hello, welcome');
    for (let key = 0; key < ', welcome'.length; key++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(' {{ $json.email }}');
    const preview = inspector(page).getByRole('status').filter({ hasText: 'Hello jane@acme.com, welcome' });
    await expect.poll(() => preview.count()).toBe(1);
    await saved(page);
  });

  it('that reads what is not there names it', async () => {
    await emptied(field());
    await page.keyboard.insertText('{{ $json.nope.x }}');
    await inspector(page).getByText(/nope/).and(inspector(page).locator('li *, [role=status] *')).first().waitFor();
    expect(await findings(page, 'aside')).toEqual([]);
  });

  it('without an end is given up, and the page goes on taking keys', async () => {
    await emptied(field());
    const givenUp = inspector(page)
      .getByText(/too much work|more work/i)
      .first();
    await page.keyboard.insertText('{{ (() => { while (true) {} })() }}');
    await givenUp.waitFor();
    await emptied(field());
    await givenUp.waitFor({ state: 'detached' });
    await page.keyboard.insertText("{{ 'x'.repeat(900000).split('').map((a) => 'y'.repeat(900000).split('')) }}");
    await givenUp.waitFor();
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

describe('E33: a program that somebody types before its editor is there', () => {
  it('is gone on with in the editor, with the same caret and proposals', async () => {
    const { promise: isAllowed, resolve: allow } = Promise.withResolvers<undefined>();
    await page.route(/program-editor[^/]*\.js$/, async (route) => {
      await isAllowed;
      await route.continue();
    });
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Program').click();
    await emptied(program());
    await page.keyboard.type('return $json.');
    expect(await program().evaluate((element) => element.tagName)).toBe('TEXTAREA');
    allow(undefined);
    await page.getByRole('option').filter({ hasText: '$json.email' }).waitFor();
    await page.keyboard.type('em');
    await page.getByRole('option', { name: /email/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => program().innerText()).toContain('return $json.email');
    await page.unroute(/program-editor[^/]*\.js$/);
  });
});

describe('E33: a program that runs once for all items', () => {
  it('proposes the list of them and what the first one holds; `$json` is said to be the first one’s', async () => {
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Once').click();
    await emptied(program());
    await page.keyboard.type('return $input.fi');
    const list = page.getByRole('option');
    await list.filter({ hasText: '$input.first().json.email' }).filter({ hasText: 'string' }).waitFor();
    await page.getByRole('option', { name: /first\(\)\.json\.email/ }).click();
    await expect.poll(() => program().innerText()).toContain('return $input.first().json.email');
    await emptied(program());
    await page.keyboard.type('$inp');
    await list.filter({ hasText: '$input.all()' }).filter({ hasText: 'array' }).waitFor();
    await emptied(program());
    await page.keyboard.type('$jso');
    await list
      .filter({ hasText: /^\$json/ })
      .filter({ hasText: 'of the first item' })
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('has a field underlined that no item of the latest run has; one click writes the nearest name', async () => {
    await emptied(program());
    await page.keyboard.insertText('return { mail: $input.first().json.emial, none: $json.count };');
    await inspector(page).getByText('“emial” was in none of the latest items.').waitFor();
    await expect.poll(() => program().locator('.mw-finding').allInnerTexts()).toEqual(['emial']);
    await shoot(page, 'program-finding');
    expect(await findings(page, 'aside')).toEqual([]);
    await page.getByRole('button', { name: 'Use “email”' }).click();
    await expect.poll(() => program().innerText()).toContain('$input.first().json.email,');
    await expect.poll(() => program().locator('.mw-finding').count()).toBe(0);
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

  it('N6: or their steps are put into the open one as a copy: other ids and names, the same lines and references, one undo', async () => {
    const [template] = (await desk.owner.client.templates.list()).items;
    if (!template) throw new Error('there are no templates');
    const source = await desk.owner.client.templates.get({ key: template.key });
    const taken = source.nodes.find(({ type }) => type === 'core.editFields')?.name ?? '';
    const own = await makeGraph(desk, 'Takes a template', {
      nodes: [
        ['Start', 'core.manual'],
        ['Fields', 'core.editFields'],
      ],
      edges: ['Start -> Fields'],
    });
    await openGraph(page, own);
    await step(page, 'Fields').click();
    await rename(page, taken);
    await saved(page);
    const before = await own.stored();
    await canvas(page).focus();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: /^Search steps/ }).fill(template.title);
    await page.getByRole('option', { name: new RegExp(`${template.title}.*added here`) }).click();
    await step(page, `${taken} 2`).waitFor();
    await saved(page);
    const after = await own.stored();
    const copies = after.nodes.filter(({ id }) => !before.nodes.some((node) => node.id === id));
    const names = after.nodes.map(({ name }) => name);
    expect(copies).toHaveLength(source.nodes.length);
    expect(new Set(names).size).toBe(names.length);
    expect(after.edges).toHaveLength(before.edges.length + source.edges.length);
    const copied = (name: string): string => copies.find((node) => node.name === name)?.id ?? 'no copy';
    expect(JSON.stringify(copies.map(({ parameters }) => parameters))).toContain(`$('${copied(`${taken} 2`)}')`);
    expect(copies.map(({ id }) => id).filter((id) => source.nodes.some((node) => node.id === id))).toEqual([]);
    const spots = after.nodes.map(({ position: [x, y] }) => `${x}:${y}`);
    expect(new Set(spots).size).toBe(spots.length);
    await shoot(page, 'template-put');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await step(page, `${taken} 2`).waitFor({ state: 'detached' });
    await eventually(async () => {
      const { nodes, edges } = await own.stored();
      return expect({ nodes, edges }).toEqual({ nodes: before.nodes, edges: before.edges });
    });
    expect(new URL(page.url()).pathname).toContain(own.workflowId);
  });
});
