import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { openWindow, shoot } from './browser.ts';
import { openFreshDesk, type FreshDesk } from './desk.ts';
import { addStep, choose, inspector, newWorkflow, saved, step, writeExpression } from './editor.ts';

let desk: FreshDesk;
let page: Page;
let hook = '';
let runUrl = '';
let editorUrl = '';

beforeAll(async () => {
  desk = await openFreshDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

// Each test goes on where the one before ended, as a person does.
describe('the main job, with mouse and keyboard', () => {
  it('a newcomer creates the first owner', async () => {
    await page.goto('/');
    await page.getByRole('textbox', { name: /^Your name/ }).fill('Ana Owner');
    await page.getByRole('textbox', { name: /^E-mail/ }).fill('ana@acme.com');
    await page.getByRole('textbox', { name: /^Password/ }).fill('correct horse battery staple');
    await page.getByRole('textbox', { name: /workspace/i }).fill('Acme');
    await shoot(page, 'setup-light');
    await page.getByRole('button', { name: /^Create/ }).click();
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .waitFor();
    expect(new URL(page.url()).pathname).toBe('/workflows');
  });

  it('draws five steps', async () => {
    await newWorkflow(page, /^Webhook/, 'Webhook');
    editorUrl = new URL(page.url()).pathname;
    await choose(page, 'Answer', /Respond to webhook/);
    await addStep(page, 'if', 'If');
    await inspector(page).getByRole('button', { name: 'Add a condition' }).click();
    await writeExpression(page, 'Row 1: value', '{{ $json.body.email }}');
    await choose(page, 'Row 1: comparison', 'contains');
    await inspector(page).getByRole('textbox', { name: 'Row 1: compared with' }).fill('@');
    await addStep(page, 'edit fields', 'Edit fields');
    await inspector(page).getByRole('button', { name: 'Add a field' }).click();
    await inspector(page).getByRole('textbox', { name: 'Row 1: Name' }).fill('email');
    await writeExpression(page, 'Row 1: Value', '{{ $json.body.email }}');
    await addStep(page, 'http request', 'HTTP request');
    await choose(page, 'Method', 'POST');
    await inspector(page)
      .getByRole('textbox', { name: /^Address/ })
      .fill(`${desk.product.url}/echo/crm`);
    await addStep(page, 'respond', 'Respond to webhook');
    await page.getByRole('button', { name: 'Show everything' }).click();
    await saved(page);
    await shoot(page, 'editor-light');
    expect(await page.getByRole('application', { name: /with 5 steps/ }).count()).toBe(1);
  });

  it('undoes and redoes what was done', async () => {
    await page.getByRole('application', { name: /^Workflow graph/ }).focus();
    await page.keyboard.press('ControlOrMeta+Z');
    await step(page, 'Respond to webhook').waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await step(page, 'Respond to webhook').waitFor();
    expect(await page.getByRole('application', { name: /with 5 steps/ }).count()).toBe(1);
  });

  it('publishes and sees the address', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog', { name: /^Publish/ });
    await dialog.getByRole('textbox').fill('First version');
    await shoot(page, 'publish-light');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Live v1').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await step(page, 'Webhook').click();
    hook = (await inspector(page).getByRole('code').or(inspector(page).locator('code')).first().textContent()) ?? '';
    expect(hook).toMatch(/\/hooks\/hook_/);
  });

  it('sends a test event and opens the run it started', async () => {
    await inspector(page).getByRole('button', { name: 'Send test event' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send the event' }).click();
    await dialog.getByText('200').first().waitFor();
    await shoot(page, 'test-event-light');
    await dialog.getByRole('link', { name: 'Open the run' }).click();
    await page.waitForURL(/\/runs\/run_/);
    await step(page, 'Respond to webhook').waitFor();
    await page.getByRole('group', { name: /^Respond to webhook.*[Ss]ucceeded/ }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/runs\/run_/);
  });

  it('sees a run live while it happens', async () => {
    const runs = await openWindow(desk.browser, desk.product.url);
    await runs.context.addCookies(await desk.window.context.cookies());
    await runs.page.goto('/runs');
    await runs.page.getByRole('table').waitFor();
    const answer = await fetch(hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":"jane@acme.com"}',
    });
    expect(answer.status).toBe(200);
    runUrl = `/runs/${answer.headers.get('x-millwright-run') ?? ''}`;
    await runs.page.locator(`a[href="${runUrl}"]`).first().waitFor();
    await runs.context.close();
  });

  it('reads what went in, what came out, and every try; a reload shows the same', async () => {
    await page.goto(runUrl);
    await page.getByRole('group', { name: /^HTTP request.*[Ss]ucceeded/ }).click();
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.getByRole('button', { name: 'Show as JSON' }).click();
    await page.getByText('jane@acme.com').first().waitFor();
    await shoot(page, 'run-light');
    await page.getByRole('tab', { name: /^Tries/ }).click();
    await page.getByText('Done').first().waitFor();
    const before = await page.getByRole('application').first().ariaSnapshot();
    await page.reload();
    await page.getByRole('group', { name: /^HTTP request.*[Ss]ucceeded/ }).waitFor();
    expect(names(await page.getByRole('application').first().ariaSnapshot())).toEqual(names(before));
  });

  it.each([{ theme: 'dark' }, { language: 'de-DE' }, { width: 320 }] as const)('looks right with %o', async (view) => {
    const other = await openWindow(desk.browser, desk.product.url, view);
    await other.context.addCookies(await desk.window.context.cookies());
    for (const { screen, address, content } of screens()) {
      await other.page.goto(address);
      const isThere = await other.page
        .locator(content)
        .first()
        .waitFor()
        .then(
          () => true,
          () => false,
        );
      expect(
        isThere,
        `${screen} shows its content, not: ${(await other.page.locator('body').innerText()).slice(0, 300)} ${other.faults.join()}`,
      ).toBe(true);
      await shoot(other.page, `${screen}-${Object.values(view).join('-')}`);
      const overflow = await other.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(overflow, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await other.page.getByRole('main').innerText()).not.toMatch(/\b[a-z]+(?:\.[a-zA-Z]+){2,}\b(?<!\.com)/);
    }
    expect(other.faults).toEqual([]);
    await other.context.close();
  });

  it('leaves no error on the console', () => {
    expect(desk.window.faults).toEqual([]);
  });
});

/** Where a person looks, and what is there when a screen is complete, in any language. */
function screens() {
  return [
    { screen: 'workflows', address: '/workflows', content: 'a[href^="/workflows/wf_"]' },
    { screen: 'runs', address: '/runs', content: `a[href="${runUrl}"]` },
    { screen: 'run', address: runUrl, content: '.react-flow__node, ol button' },
    { screen: 'editor', address: editorUrl, content: '[data-save="saved"]' },
    { screen: 'members', address: '/settings/members', content: 'text=ana@acme.com' },
    { screen: 'profile', address: '/settings/profile', content: 'main >> text=ana@acme.com' },
  ] as const;
}

/** The names of the steps in a picture of the canvas, with their statuses. */
function names(snapshot: string): readonly string[] {
  return snapshot.match(/group "[^"]+"/g) ?? [];
}
