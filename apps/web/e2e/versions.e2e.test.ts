import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { sketchDocument } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, saved, step } from './editor.ts';
import { findings } from './findings.ts';

let desk: Desk;
let page: Page;
let workflowId = '';

/** Where a step of the tests stands, and what it says. */
interface Card {
  readonly id: string;
  readonly x: number;
  readonly url?: string;
  readonly name?: string;
}

/** Makes the draft a chain behind a webhook. */
async function draw(cards: readonly Card[]): Promise<void> {
  const { revision, document } = await desk.owner.client.drafts.get({ workflowId });
  const chain = ['hook', ...cards.map(({ id }) => id)];
  const drawn = sketchDocument(
    'Orders',
    [['hook', 'core.webhook'], ...cards.map(({ id, url }) => [id, 'http.request', { url: url ?? 'https://example.com' }] as const)],
    chain.slice(1).map((id, at) => `${chain[at] ?? ''} -> ${id}`),
  );
  const nodes = drawn.nodes.map((node) => {
    const card = cards.find(({ id }) => id === node.id);
    return { ...node, name: card?.name ?? node.name, position: [card?.x ?? 0, 0] as [number, number] };
  });
  await desk.owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes, edges: drawn.edges } });
}

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  ({ id: workflowId } = await desk.owner.client.workflows.create({ body: { name: 'Orders' } }));
  const { client } = desk.owner;
  await draw([
    { id: 'Fetch', x: 280, url: 'https://example.com/old' },
    { id: 'Gone', x: 560 },
    { id: 'Send', x: 840 },
    { id: 'Last', x: 1120 },
  ]);
  await client.workflows.publish({ workflowId, body: { note: 'First' } });
  await draw([{ id: 'Fetch', x: 280, url: 'https://example.com/between' }]);
  await client.workflows.publish({ workflowId, body: { note: 'Second' } });
  await draw([
    { id: 'Fetch', x: 280, url: 'https://example.com/new' },
    { id: 'Fresh', x: 560 },
    { id: 'Send', x: 840, name: 'Send it' },
    { id: 'Last', x: 1200 },
  ]);
  await client.workflows.publish({ workflowId, body: { note: 'Third' } });
});
afterAll(() => desk?.close());

const versions = (): Locator => page.getByRole('region', { name: 'Versions and earlier drafts' });
const changes = (): Locator => page.getByRole('table', { name: 'Changes' });

/** Chooses two states of the list. */
async function compare(before: string, after: string): Promise<void> {
  await versions()
    .getByRole('radio', { name: `Compare from: ${before}`, exact: true })
    .check();
  await versions()
    .getByRole('radio', { name: `Compare to: ${after}`, exact: true })
    .check();
  await page.getByRole('heading', { name: `${before} → ${after}` }).waitFor();
}

/** A row of the table: field, old, new. */
const row = (...cells: readonly string[]): Locator => changes().getByRole('row', { name: cells.join(' ') });

/** Says yes to what is asked. */
async function confirm(button: string): Promise<void> {
  // A toast is a dialog of its own; a question ends with its mark.
  const dialog = page.getByRole('dialog', { name: /\?$/ });
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Chooses something from the menu of a state, and says yes. */
async function move(entry: string, item: RegExp, button: string): Promise<void> {
  await versions()
    .getByRole('button', { name: `More for ${entry}`, exact: true })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
  await confirm(button);
}

describe('versions', () => {
  it('E21: v1 and v3 on one canvas: one added, one removed, two changed, with old and new values; moved-only ones can be hidden', async () => {
    await page.goto(`/workflows/${workflowId}`);
    await step(page, 'Fresh').waitFor();
    await page.getByRole('button', { name: 'All versions and what changed' }).click();
    await compare('v1', 'v3');
    const marked = (mark: string): Promise<number> =>
      canvas(page)
        .getByRole('group', { name: new RegExp(`, ${mark}`) })
        .count();
    await canvas(page)
      .getByRole('group', { name: /^Fresh,.*added/ })
      .waitFor();
    expect([await marked('added'), await marked('removed'), await marked('changed'), await marked('moved')]).toEqual([1, 1, 2, 1]);
    await canvas(page)
      .getByRole('group', { name: /^Gone,.*removed/ })
      .waitFor();
    await row('Address', 'https://example.com/old', 'https://example.com/new').waitFor();
    await row('Name', 'Send', 'Send it').waitFor();
    expect(await page.getByRole('list', { name: /places differ$/ }).innerText()).toMatch(
      /1 added\s+1 removed\s+2 changed\s+1 moved\s+4 lines/,
    );
    await shoot(page, 'versions-compare-light');
    await page.getByRole('switch', { name: 'Hide moved' }).click();
    await canvas(page)
      .getByRole('group', { name: /^Last,.*moved/ })
      .waitFor({ state: 'detached' });
    expect([await marked('added'), await marked('changed'), await marked('moved')]).toEqual([1, 2, 0]);
    expect(await changes().getByText('Position').count()).toBe(0);
  });

  it('V3: the address holds what is compared, and the keys lead through every change, aloud', async () => {
    const shared = await desk.open({ theme: 'dark' });
    await shared.page.goto(page.url());
    await shared.page.getByRole('heading', { name: 'v1 → v3' }).waitFor();
    const first = page;
    page = shared.page;
    await row('Address', 'https://example.com/old', 'https://example.com/new').waitFor();
    const aloud = page.getByTestId('announcements');
    for (const words of ['Fetch was changed.', 'Fresh was added.', 'Gone was removed.']) {
      await page.keyboard.press('F7');
      await aloud.getByText(words).waitFor();
    }
    await changes().getByRole('button', { name: /^Gone/ }).and(page.locator('[aria-current]')).waitFor();
    await page.keyboard.press('Shift+F7');
    await aloud.getByText('Fresh was added.').waitFor();
    await shoot(page, 'versions-compare-dark');
    expect(await findings(page)).toEqual([]);
    page = first;
    expect(shared.faults).toEqual([]);
    await shared.context.close();
  });

  it('V3: Mod+S names the draft as it is; it can be compared with any other state', async () => {
    await page.goto(`/workflows/${workflowId}`);
    await step(page, 'Send it').waitFor();
    await saved(page);
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+S');
    const dialog = page.getByRole('dialog', { name: 'Name this version' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Before the fair');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const { items } = await desk.owner.client.workflows.listHistory({ workflowId });
    expect(items[0]).toMatchObject({ kind: 'point', name: 'Before the fair', cause: 'name', current: true });
    await page.getByRole('button', { name: 'Show versions' }).click();
    await compare('v2', 'Before the fair');
    await row('Address', 'https://example.com/between', 'https://example.com/new').waitFor();
    await compare('v3', 'Before the fair');
    await page.getByText('Both say the same.').first().waitFor();
  });

  it('V3: restoring v1 says what it does, changes the draft only, and can be restored again', async () => {
    await page.goto(`/workflows/${workflowId}/versions`);
    await move('v1', /^Restore into the draft/, 'Restore');
    await page.getByText('v1 is restored.').waitFor();
    const { client } = desk.owner;
    const { document } = await client.drafts.get({ workflowId });
    expect(document.nodes.map(({ id }) => id).toSorted()).toEqual(['Fetch', 'Gone', 'Last', 'Send', 'hook']);
    expect((await client.workflows.get({ workflowId })).liveVersion?.number).toBe(3);
    await page.getByRole('heading', { name: /^Draft of .* → Draft now$/ }).waitFor();
    await row('Address', 'https://example.com/new', 'https://example.com/old').waitFor();
    await page.getByRole('button', { name: /^Restore Draft of/ }).click();
    await confirm('Restore');
    expect((await client.drafts.get({ workflowId })).document.nodes.map(({ name }) => name)).toContain('Send it');
  });

  it('V2: rolling back makes an old version live again and leaves the draft alone', async () => {
    const { client } = desk.owner;
    const before = await client.drafts.get({ workflowId });
    await page.goto(`/workflows/${workflowId}/versions`);
    await move('v1', /^Make live again/, 'Make live');
    await versions()
      .getByRole('listitem')
      .filter({ has: page.getByRole('radio', { name: 'Compare to: v1', exact: true }) })
      .getByText('Live')
      .waitFor();
    expect((await client.workflows.get({ workflowId })).liveVersion?.number).toBe(1);
    expect((await client.drafts.get({ workflowId })).document).toEqual(before.document);
  });

  it('V3: a step whose type is not installed is shown whole and compared like any other', async () => {
    const { client } = desk.owner;
    const { id } = await client.workflows.create({ body: { name: 'Old package' } });
    const write = async (depth: number): Promise<void> => {
      const { revision } = await client.drafts.get({ workflowId: id });
      await client.drafts.put({ workflowId: id, revision, body: sketchDocument('Old package', [['Probe', 'acme.probe', { depth }]], []) });
    };
    await write(1);
    await client.workflows.nameVersion({ workflowId: id, body: { name: 'Shallow' } });
    await write(2);
    await page.goto(`/workflows/${id}/versions`);
    await page.getByRole('heading', { name: 'Shallow → Draft now' }).waitFor();
    await canvas(page)
      .getByRole('group', { name: /^Probe, acme\.probe, changed/ })
      .waitFor();
    await row('depth', '1', '2').waitFor();
    expect((await client.drafts.get({ workflowId: id })).document.nodes[0]).toMatchObject({ type: 'acme.probe', parameters: { depth: 2 } });
  });

  it('V3: is read in a narrow window and in German, and a workflow without versions says how they come to be', async () => {
    const narrow = await desk.open({ width: 320, language: 'de-DE' });
    await narrow.page.goto(`/workflows/${workflowId}/versions`);
    await narrow.page.getByRole('radio', { name: 'Vergleichen von: v1', exact: true }).check();
    await narrow.page.getByRole('radio', { name: 'Vergleichen mit: v3', exact: true }).check();
    await narrow.page.getByRole('table', { name: 'Änderungen' }).getByText('https://example.com/old').waitFor();
    expect(await narrow.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await shoot(narrow.page, 'versions-narrow');
    expect(await findings(narrow.page)).toEqual([]);
    const { id } = await desk.owner.client.workflows.create({ body: { name: 'Neu' } });
    await narrow.page.goto(`/workflows/${id}/versions`);
    await narrow.page.getByRole('heading', { name: 'Noch keine Versionen' }).waitFor();
    for (let at = 1; at <= 60; at++) await desk.owner.client.workflows.nameVersion({ workflowId: id, body: { name: `Stand ${at}` } });
    await narrow.page.reload();
    await narrow.page.getByRole('radio', { name: 'Vergleichen von: Stand 60', exact: true }).waitFor();
    await narrow.page.getByRole('radio', { name: 'Vergleichen von: Stand 11', exact: true }).scrollIntoViewIfNeeded();
    await narrow.page.getByText('Hier beginnt die Geschichte.').waitFor();
    expect(await narrow.page.getByRole('radio', { name: /^Vergleichen von: Stand/ }).count()).toBe(60);
    expect(narrow.faults).toEqual([]);
    expect(desk.window.faults).toEqual([]);
    await narrow.context.close();
  });
});
