import { eventually, publishSketch, queryRows } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { shoot, type Window } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, inspector, step } from './editor.ts';
import { inviteGuest, openDraft, says } from './people.ts';

const SKETCH = {
  nodes: [
    ['hook', 'core.webhook'],
    ['call', 'http.request', { url: 'https://example.com/first' }],
  ],
  edges: ['hook -> call'],
} as const;

let desk: Desk;

async function sketch(name: string): Promise<string> {
  return (await publishSketch(desk.owner, name, SKETCH)).workflowId;
}

async function document(workflowId: string) {
  return (await desk.owner.client.drafts.get({ workflowId })).document;
}

async function storedUrl(workflowId: string): Promise<unknown> {
  return (await document(workflowId)).nodes.find((node) => node.id === 'call')?.parameters['url'];
}

const address = (page: Page) => inspector(page).getByRole('textbox', { name: /^Address/ });

/** Opens a draft at its step with an address. */
async function openAt(page: Page, workflowId: string): Promise<void> {
  await openDraft(page, workflowId);
  await step(page, 'call').click();
  await address(page).waitFor();
}

/** Kills the renderer of a page, as a crash or the system would: no event, no last word. */
async function killTab({ context }: Window, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await page.close();
}

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

describe('the journal on this device', () => {
  it.each([0, 60, 200])(
    'E15: text that was typed %d ms before the tab was killed is there again, and the pill says where from',
    async (ms) => {
      const workflowId = await sketch(`Killed after ${ms}`);
      const page = await desk.window.context.newPage();
      await openAt(page, workflowId);
      // Nothing of it gets to the server: it is this device that has it.
      await desk.window.context.setOffline(true);
      await says(page, 'offline');
      await address(page).fill(`https://example.com/typed-${ms}`);
      if (ms > 0) await page.waitForTimeout(ms);
      await killTab(desk.window, page);
      await desk.window.context.setOffline(false);
      const again = await desk.window.context.newPage();
      await openDraft(again, workflowId);
      await again.getByRole('status', { name: /^Saved – restored from this device/ }).waitFor();
      await step(again, 'call').click();
      expect(await address(again).inputValue()).toBe(`https://example.com/typed-${ms}`);
      await eventually(async () => (await storedUrl(workflowId)) === `https://example.com/typed-${ms}`);
      if (ms === 0) await shoot(again, 'editor-restored');
      await again.close();
    },
  );

  it('E16: two steps and a text that came without a network are kept here, and all on the server once it is back', async () => {
    const workflowId = await sketch('Offline');
    const { page, context } = desk.window;
    await openAt(page, workflowId);
    await context.setOffline(true);
    await says(page, 'offline');
    expect(await page.locator('[data-save]').innerText()).toContain('Offline – kept on this device');
    await address(page).fill('https://example.com/offline');
    await addStep(page, 'edit fields', 'Edit fields');
    await addStep(page, 'wait', 'Wait');
    expect(await storedUrl(workflowId)).toBe('https://example.com/first');
    await context.setOffline(false);
    await says(page, 'saved');
    const { nodes, edges } = await document(workflowId);
    expect(nodes.map((node) => node.type)).toEqual(['core.webhook', 'http.request', 'core.editFields', 'core.wait']);
    expect(nodes[1]?.parameters['url']).toBe('https://example.com/offline');
    expect(edges).toHaveLength(3);
  });

  it('a page whose socket is gone for an hour goes on, and sends everything when it is back', async () => {
    const workflowId = await sketch('An hour');
    const { page, context } = await desk.open();
    await page.clock.install();
    await openAt(page, workflowId);
    await context.setOffline(true);
    await says(page, 'offline');
    await address(page).fill('https://example.com/before-the-hour');
    await page.clock.fastForward('01:00:00');
    await addStep(page, 'edit fields', 'Edit fields');
    expect(await storedUrl(workflowId)).toBe('https://example.com/first');
    await context.setOffline(false);
    await says(page, 'saved');
    const { nodes } = await document(workflowId);
    expect(nodes.map((node) => node.type)).toEqual(['core.webhook', 'http.request', 'core.editFields']);
    expect(nodes[1]?.parameters['url']).toBe('https://example.com/before-the-hour');
    await context.close();
  });

  it('E17: going back and forth between two workflows writes each change into its own', async () => {
    const [a, b] = [await sketch('A'), await sketch('B')];
    const { page } = desk.window;
    await page.goto('/workflows');
    await page.getByRole('link', { name: 'A', exact: true }).click();
    await step(page, 'call').click();
    await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('link', { name: 'B', exact: true }).click();
    await step(page, 'call').click();
    // Left while the field still has what the draft does not.
    await address(page).fill('https://example.com/of-b');
    await page.goBack();
    await page.goBack();
    await step(page, 'call').click();
    await address(page).fill('https://example.com/of-a');
    await says(page, 'saved');
    await eventually(async () => (await storedUrl(a)) === 'https://example.com/of-a');
    await eventually(async () => (await storedUrl(b)) === 'https://example.com/of-b');
  });

  it('keeps what is typed when the session is revoked, and sends it after signing in again', async () => {
    const workflowId = await sketch('Revoked');
    const guest = await inviteGuest(desk, 'Rita Revoked', 'editor');
    await openAt(guest.page, workflowId);
    await guest.client.session.remove();
    await address(guest.page).fill('https://example.com/revoked');
    await guest.page.getByRole('textbox', { name: /^E-mail/ }).waitFor();
    expect(await storedUrl(workflowId)).toBe('https://example.com/first');
    await guest.page.getByRole('textbox', { name: /^E-mail/ }).fill('rita.revoked@example.com');
    await guest.page.getByRole('textbox', { name: /^Password/ }).fill('correct horse battery staple');
    await guest.page.keyboard.press('Enter');
    await says(guest.page, 'saved');
    await eventually(async () => (await storedUrl(workflowId)) === 'https://example.com/revoked');
    await guest.context.close();
  });

  it('never shows or sends what somebody else typed on this device', async () => {
    const workflowId = await sketch('Shared device');
    const guest = await inviteGuest(desk, 'Dora Device', 'editor');
    await openAt(guest.page, workflowId);
    await desk.product.kill();
    await says(guest.page, 'offline');
    await address(guest.page).fill('https://example.com/of-dora');
    await guest.page.close();
    await desk.product.start();
    const own = await guest.context.cookies();
    await guest.context.clearCookies();
    await guest.context.addCookies((await desk.window.context.cookies()).map((cookie) => ({ ...cookie })));
    const other = await guest.context.newPage();
    await openAt(other, workflowId);
    await eventually(async () => expect(await address(other).inputValue()).toBe('https://example.com/first'));
    expect(await storedUrl(workflowId)).toBe('https://example.com/first');
    await other.close();
    await guest.context.clearCookies();
    await guest.context.addCookies(own);
    const back = await guest.context.newPage();
    await openAt(back, workflowId);
    await eventually(async () => (await storedUrl(workflowId)) === 'https://example.com/of-dora');
    const [row] = await queryRows(
      desk.product.databaseUrl,
      'select u.name from drafts d join "user" u on u.id = d.updated_by where d.workflow_id = $1',
      [workflowId],
    );
    expect(row).toEqual({ name: 'Dora Device' });
    await guest.context.close();
  });

  it.each([
    ['missing', `Object.defineProperty(globalThis, 'indexedDB', { value: undefined })`],
    ['full', `IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') }`],
  ])('works where the database of the browser is %s, and says that nothing is kept here', async (how, script) => {
    const workflowId = await sketch(`Database ${how}`);
    const window = await desk.open();
    await window.page.addInitScript(script);
    await openAt(window.page, workflowId);
    await address(window.page).fill('https://example.com/not-kept');
    await window.page.getByRole('status', { name: /^Saved – Not kept on this device/ }).waitFor();
    expect(await storedUrl(workflowId)).toBe('https://example.com/not-kept');
    if (how === 'full') await shoot(window.page, 'editor-not-kept');
    await window.context.setOffline(true);
    await says(window.page, 'offline');
    expect(await window.page.locator('[data-save]').innerText()).toBe('Offline – not kept on this device');
    expect(window.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await window.context.close();
  });
});
