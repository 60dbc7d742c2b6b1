import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, canvas, choose, inspector, newWorkflow, publish, saved, step } from './editor.ts';
import { findings } from './findings.ts';
import { openStep } from './run.ts';

let desk: Desk;
let page: Page;
let hook = '';

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

const program = (): Locator => inspector(page).getByRole('textbox', { name: 'Code', exact: true });

/** Replaces the program as somebody who types does. */
async function write(source: string): Promise<void> {
  await program().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  if (source !== '') await page.keyboard.insertText(source);
}

async function send(body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** What keeps somebody out of the open panel, in both themes. */
async function findingsOf(name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await findings(page, 'aside')).map((finding) => `${colorScheme} ${finding}`));
    await shoot(page, `${name}-${colorScheme}`);
  }
  return found;
}

/** Opens the newest run with this status on the canvas. */
async function openRun(status: 'succeeded' | 'failed'): Promise<void> {
  const run = await eventually(async () => (await desk.owner.client.runs.list({ status, limit: 1 })).items[0] ?? null);
  await page.goto(`/runs/${run.id}`);
  await step(page, 'Code').waitFor();
}

// Each test goes on where the one before ended, as a person does.
describe('a Code step, drawn, published and run', () => {
  it('is added by keyboard and says how it runs', async () => {
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    await choose(page, 'Answer', /Respond to webhook/);
    await addStep(page, 'javascript', 'Code');
    await inspector(page)
      .getByRole('region', { name: 'How this code runs' })
      .getByText(/L[123]/)
      .waitFor();
    await inspector(page).getByRole('button', { name: 'Insert an example' }).click();
    await expect.poll(() => program().innerText()).toContain('$input.all()');
    expect(await findingsOf('code-step')).toEqual([]);
  });

  it('Tab indents, Escape leaves the field, and the next Tab goes on', async () => {
    await write('');
    await page.keyboard.press('Tab');
    await page.keyboard.type('let x;');
    expect(await program().locator('.cm-line').first().textContent()).toBe('  let x;');
    // A list of proposals that is about to open takes the first Escape.
    await eventually(async () => {
      await page.keyboard.press('Escape');
      return (
        (await page
          .locator(':focus')
          .filter({ hasText: /^Tab indents/ })
          .count()) === 1
      );
    });
    await page.keyboard.press('Tab');
    expect(await inspector(page).locator('.cm-editor :focus').count()).toBe(0);
    expect(await inspector(page).locator(':focus').count()).toBe(1);
  });

  it('a step before it is taken from the list, and its name stands behind its id', async () => {
    await write('');
    await page.keyboard.type("return $('");
    await page.getByRole('option', { name: /Webhook/ }).click();
    await page.keyboard.type('.all();');
    await expect.poll(() => program().locator('.mw-name-hint').textContent()).toBe('Webhook');
    expect(await program().locator('.cm-line').first().textContent()).toMatch(/^return \$\('webhook_\w+'\)Webhook\.all\(\);$/);
  });

  it('a syntax error is shown at its line before anything is published', async () => {
    await write('const a = 1;\nreturn a +;');
    await inspector(page)
      .getByText(/^Line 2: Unexpected token/)
      .waitFor();
    await expect.poll(() => inspector(page).locator('.mw-fault-line').textContent()).toBe('return a +;');
    expect(await program().getAttribute('aria-invalid')).toBe('true');
  });

  it('answers, and the run shows what the code wrote', async () => {
    await write("console.log('for', $json.body.name);\nreturn { greeting: `Hello ${$json.body.name}` };");
    await choose(page, 'Runs', 'Once per item');
    await addStep(page, 'respond', 'Respond to webhook');
    await saved(page);
    await publish(page, 1);
    const { items } = await desk.owner.client.workflows.list({});
    hook = (await desk.owner.client.workflows.get({ workflowId: items[0]?.id ?? '' })).endpoints[0]?.url ?? '';
    expect(await send({ name: 'Jane' })).toEqual({ status: 200, body: { greeting: 'Hello Jane' } });
    await openRun('succeeded');
    const panel = await openStep(page, 'Code');
    await panel.getByRole('tab', { name: /^Console/ }).click();
    expect(await panel.getByRole('region', { name: 'Console' }).innerText()).toContain('for Jane');
    expect(await findingsOf('code-run-console')).toEqual([]);
  });

  it('a failed run shows the line, on the step and at the field', async () => {
    await page.goBack();
    await step(page, 'Code').click();
    await write("const { name } = $json.body;\nif (name === 'Bob')\n  throw new Error('Bob is not taken');\nreturn { name };");
    await saved(page);
    await publish(page, 2);
    const editor = page.url();
    expect((await send({ name: 'Bob' })).status).toBe(500);
    await openRun('failed');
    const panel = await openStep(page, 'Code');
    const alert = panel.getByRole('alert');
    expect(await alert.innerText()).toMatch(/Bob is not taken[^]*line 3/);
    expect(await alert.locator('[aria-current=true]').innerText()).toMatch(/3\s+throw new Error/);
    expect(await findingsOf('code-run-failed')).toEqual([]);
    await page.goto(editor);
    await canvas(page).waitFor();
    await step(page, 'Code').click();
    await inspector(page)
      .getByText(/Failed in the last run, line 3: .*Bob is not taken/)
      .waitFor();
    await expect.poll(() => inspector(page).locator('.mw-fault-line').textContent()).toMatch(/throw new Error/);
    expect(await findingsOf('code-fault')).toEqual([]);
  });

  it('speaks German', async () => {
    const { page: german, faults } = await desk.open({ language: 'de-DE', theme: 'dark' });
    const failed = (await desk.owner.client.runs.list({ status: 'failed', limit: 1 })).items[0];
    await german.goto(`/runs/${failed?.id ?? ''}`);
    await german.getByRole('group', { name: /^Code,/ }).click();
    await german.getByText('Der Code hat einen Fehler geworfen.').first().waitFor();
    await german
      .getByText(/Zeile 3/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });

  it('leaves no error on the console of the browser', () => {
    expect(desk.window.faults).toEqual([]);
  });
});
