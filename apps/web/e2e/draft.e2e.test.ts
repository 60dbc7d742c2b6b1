import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { publishSketch } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { inspector, step } from './editor.ts';

let desk: Desk;
let page: Page;
let workflowId = '';

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  const sketch = {
    nodes: [
      ['hook', 'core.webhook'],
      ['call', 'http.request', { url: 'https://example.com/first' }],
    ],
    edges: ['hook -> call'],
  } as const;
  ({ workflowId } = await publishSketch(desk.owner, 'Kept', sketch));
});
afterAll(() => desk?.close());

const pill = (state: string) => page.locator(`[data-save="${state}"]`);

/** Waits for what the pill says; a failure tells what it says instead. */
async function says(state: string): Promise<void> {
  const isThere = await pill(state)
    .waitFor({ timeout: 40_000 })
    .then(
      () => true,
      () => false,
    );
  if (!isThere)
    throw new Error(
      `the pill does not come to "${state}": ${(await page.locator('body').innerText()).slice(0, 300)}; server: ${desk.product.log().slice(-600)}`,
    );
}

/** Writes down from now on what the pill says, however short. @returns reads it */
async function watchPill(): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(`(() => {
    window.pillSaid = [document.querySelector('[data-save]').dataset.save];
    const look = () => {
      const now = document.querySelector('[data-save]')?.dataset.save;
      if (now !== undefined && now !== window.pillSaid.at(-1)) window.pillSaid.push(now);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-save'] });
  })()`);
  return () => page.evaluate<readonly string[]>('window.pillSaid');
}
const address = () => inspector(page).getByRole('textbox', { name: /^Address/ });

async function open(): Promise<void> {
  await page.goto(`/workflows/${workflowId}`);
  await says('saved');
  await step(page, 'call').click();
}

/** The address in the draft as Postgres has it. */
async function stored(): Promise<unknown> {
  const { document } = await desk.owner.client.drafts.get({ workflowId });
  return document.nodes.find((node) => node.id === 'call')?.parameters['url'];
}

describe('the draft, as the save pill tells it', () => {
  it('is in Postgres when the pill says Saved: it survives kill -9 and a reload without this device', async () => {
    await open();
    const said = await watchPill();
    await address().fill('https://example.com/second');
    await expect.poll(said, { timeout: 40_000 }).toEqual(['saved', 'saving', 'saved']);
    await desk.product.kill();
    await desk.product.start();
    const other = await desk.open();
    await other.page.goto(`/workflows/${workflowId}`);
    await step(other.page, 'call').click();
    expect(
      await inspector(other.page)
        .getByRole('textbox', { name: /^Address/ })
        .inputValue(),
    ).toBe('https://example.com/second');
    await other.context.close();
    expect(await stored()).toBe('https://example.com/second');
  });

  it('is kept on this device while the server is away, and stored when it is back', async () => {
    await open();
    await desk.product.kill();
    await says('offline');
    await address().fill('https://example.com/offline');
    await shoot(page, 'editor-offline');
    // Longer than every request that the page tries again: what is open must stay open.
    await page.waitForTimeout(8000);
    expect(await pill('offline').getAttribute('aria-label')).toMatch(/^Offline – kept on this device/);
    await desk.product.start();
    await says('saved');
    expect(await stored()).toBe('https://example.com/offline');
  });

  it('says so without a network, and sends the change when the network is back', async () => {
    await open();
    await desk.window.context.setOffline(true);
    await says('offline');
    await address().fill('https://example.com/train');
    await desk.window.context.setOffline(false);
    await says('saved');
    expect(await stored()).toBe('https://example.com/train');
  });

  it('is not called saved before a deletion is stored', async () => {
    await open();
    const said = await watchPill();
    await page.keyboard.press('Delete');
    await step(page, 'call').waitFor({ state: 'detached' });
    await expect.poll(said, { timeout: 40_000 }).toEqual(['saved', 'saving', 'saved']);
    expect(await stored()).toBeUndefined();
  });
});
