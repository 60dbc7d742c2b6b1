import type { Page } from 'playwright-core';
import { deliver, runEnded, sketchDocument, startEcho, type Echo } from '@millwright/testing';
import type { WorkflowDocument } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { drawLine, inspector, showAll, step } from './editor.ts';
import { findings } from './findings.ts';
import { inviteGuest, openDraft, says, type Guest } from './people.ts';

const NAMES: Readonly<Record<string, string>> = { hook: 'Lead form', ask: 'Has a company?', crm: 'CRM', nora: 'Nora' };

let desk: Desk;
let ben: Guest;
let echo: Echo;
let workflowId = '';
let hook = '';

function leads(): WorkflowDocument {
  const post = (path: string) => ({ method: 'POST', url: `${echo.url}${path}`, bodyType: 'json', body: '{{ $json }}' });
  const document = sketchDocument(
    'Leads',
    [
      ['hook', 'core.webhook', { answer: 'now' }],
      ['ask', 'core.if', { conditions: [{ left: '{{ $json.body.company }}', operator: 'isNotEmpty', right: '' }] }],
      ['crm', 'http.request', post('/crm')],
      ['nora', 'http.request', post('/nora')],
    ],
    ['hook -> ask', 'ask:true -> crm', 'crm -> nora'],
  );
  const place = (id: string, [x, y]: readonly [number, number]): [number, number] => (id === 'nora' ? [x - 120, y + 220] : [x, y]);
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, name: NAMES[node.id] ?? node.id, position: place(node.id, node.position) })),
  };
}

beforeAll(async () => {
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  echo = await startEcho();
  const { client } = desk.owner;
  workflowId = (await client.workflows.create({ body: { name: 'Leads' } })).id;
  const { revision } = await client.drafts.get({ workflowId });
  await client.drafts.put({ workflowId, revision, body: leads() });
  const { endpoints } = await client.workflows.publish({ workflowId });
  hook = endpoints[0]?.url ?? '';
  ben = await inviteGuest(desk, 'Ben Baker', 'editor');
});
afterAll(async () => {
  echo?.stop();
  await desk?.close();
});

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Publish/ });
const openPublish = (page: Page): Promise<void> => page.getByRole('button', { name: 'Publish' }).click();
const bars = (page: Page) => page.getByRole('group', { name: 'Draft and live' });
const address = (page: Page) => inspector(page).getByRole('textbox', { name: /^Address/ });

async function runOf(
  body: unknown,
): Promise<{ readonly version: number | null; readonly status: string; readonly steps: readonly string[] }> {
  const run = await runEnded(desk.owner, await deliver(hook, body), 60_000);
  if (run === null) throw new Error('the run did not end');
  return {
    version: run.versionNumber,
    status: run.status,
    steps: run.nodeRuns.filter((one) => one.status === 'succeeded').map((one) => one.nodeId),
  };
}

/** Runs in the page: what stands out of the window at the right; what a scroller hides is no matter. */
const WIDER = `[...document.querySelectorAll('header *, [role=group] *, [role=dialog] *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.getBoundingClientRect().width > 1)
  .map((one) => one.tagName + ' ' + one.textContent.slice(0, 40))`;

// Each test goes on where the one before ended.
describe('publishing a draft that two people change', () => {
  it('E19: a colleague’s unpublished change is listed under her name and not ticked; what is published is one’s own change alone', async () => {
    const { page } = desk.window;
    await openDraft(page, workflowId);
    await bars(page).getByText('Draft: no changes').waitFor();
    await bars(page).getByText('Live v1').waitFor();
    await step(page, 'CRM').click();
    await address(page).fill(`${echo.url}/unfinished`);
    await bars(page).getByText('Draft: 1 change').waitFor();
    await says(page, 'saved');

    await openDraft(ben.page, workflowId);
    await showAll(ben.page);
    await drawLine(ben.page, 'Has a company\\?:false', 'Nora');
    await bars(ben.page).getByText('Draft: 2 changes').waitFor();
    await says(ben.page, 'saved');
    await openPublish(ben.page);
    const list = dialog(ben.page).getByRole('region', { name: 'What changes' });
    const own = list.getByRole('checkbox', { name: 'Items without company now go to “Nora” instead of being dropped' });
    const hers = list.getByRole('checkbox', { name: /^“Address” of “CRM” is now/ });
    await own.waitFor();
    expect([await own.isChecked(), await hers.isChecked()]).toEqual([true, false]);
    await list.getByRole('heading', { name: 'Changes by Ana Owner' }).waitFor();
    await dialog(ben.page).getByText('No runs in the last week').waitFor();
    await shoot(ben.page, 'publish-two-people');
    await dialog(ben.page).getByRole('button', { name: 'Publish 1 of 2 changes' }).click();
    await bars(ben.page).getByText('Live v2').waitFor();
    await bars(ben.page).getByText('Draft: 1 change').waitFor();

    expect(await runOf({ name: 'Jane', company: '' })).toEqual({ version: 2, status: 'succeeded', steps: ['hook', 'ask', 'nora'] });
    expect(await runOf({ company: 'Acme' })).toMatchObject({ version: 2, status: 'succeeded' });
    const asked = (await echo.records('/')).map(({ path }) => path).toSorted();
    expect(asked).toEqual(['/crm', '/nora', '/nora']);
    const { document } = await desk.owner.client.drafts.get({ workflowId });
    expect(document.nodes.find(({ id }) => id === 'crm')?.parameters['url']).toBe(`${echo.url}/unfinished`);
  });

  it('V2: what a colleague changes while the dialog is open is listed, said, and not ticked', async () => {
    const { page } = ben;
    await step(page, 'Nora').click();
    await inspector(page).getByRole('textbox', { name: 'Name of the step' }).fill('Nora Nowak');
    await inspector(page).getByRole('textbox', { name: 'Name of the step' }).press('Tab');
    await says(page, 'saved');
    await openPublish(page);
    const list = dialog(page).getByRole('region', { name: 'What changes' });
    await list.getByRole('checkbox', { name: '“Nora” is now called “Nora Nowak”' }).waitFor();
    const { document, revision } = await desk.owner.client.drafts.get({ workflowId });
    const nodes = document.nodes.map((node) => (node.id === 'ask' ? { ...node, name: 'Company?' } : node));
    await desk.owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
    await dialog(page).getByText('What is new is in the list, and not ticked.', { exact: false }).waitFor();
    expect(await list.getByRole('checkbox', { name: '“Has a company?” is now called “Company?”' }).isChecked()).toBe(false);
    await shoot(page, 'publish-arrived');
    await dialog(page).getByRole('button', { name: 'Publish 1 of 3 changes' }).click();
    await bars(page).getByText('Live v3').waitFor();
    const live = await desk.owner.client.workflows.get({ workflowId });
    const version = await desk.owner.client.workflows.getVersion({ workflowId, versionId: live.liveVersion?.id ?? '' });
    expect(version.document.nodes.map(({ name }) => name).toSorted()).toEqual(['CRM', 'Has a company?', 'Lead form', 'Nora Nowak']);
  });

  it('E20: runs follow what is live while the draft is broken, and after going back the next run shows the older version', async () => {
    const { page } = desk.window;
    await step(page, 'CRM').click();
    await address(page).fill('');
    await says(page, 'saved');
    await openPublish(page);
    await dialog(page).getByText('has to be put right first', { exact: false }).waitFor();
    expect(
      await dialog(page)
        .getByRole('button', { name: /^Publish/ })
        .isDisabled(),
    ).toBe(true);
    await page.keyboard.press('Escape');
    expect(await runOf({ company: 'Acme' })).toEqual({ version: 3, status: 'succeeded', steps: ['hook', 'ask', 'crm', 'nora'] });
    const versions = (await desk.owner.client.workflows.listVersions({ workflowId })).items;
    const first = versions.find(({ number }) => number === 1)?.id ?? '';
    await desk.owner.client.workflows.publishVersion({ workflowId, versionId: first });
    expect(await runOf({ name: 'Jane', company: '' })).toEqual({ version: 1, status: 'succeeded', steps: ['hook', 'ask'] });
    await page.reload();
    await bars(page).getByText('Live v1').waitFor();
    await bars(page).getByText('Draft: 4 changes').waitFor();
  });

  it('V2: draft and live stay labelled at 320 px, and one can publish there, in German and in the dark', async () => {
    const { page, faults } = await desk.open({ theme: 'dark', language: 'de-DE', width: 320 });
    await openDraft(page, workflowId);
    const states = page.getByRole('group', { name: 'Entwurf und live' });
    await states.getByText('Entwurf: 4 Änderungen').waitFor();
    await states.getByText('Live v1').waitFor();
    await page.getByRole('button', { name: 'Veröffentlichen' }).click();
    const list = page.getByRole('region', { name: 'Was sich ändert' });
    await list.getByText('Elemente ohne company gehen jetzt zu „Nora Nowak“, statt verworfen zu werden').waitFor();
    expect(await page.evaluate(WIDER)).toEqual([]);
    await shoot(page, 'publish-german-dark-320');
    await page.keyboard.press('Escape');
    await shoot(page, 'publish-states-dark-320');
    const { page: wide } = await desk.open({ theme: 'dark' });
    await openDraft(wide, workflowId);
    await openPublish(wide);
    await dialog(wide).getByRole('checkbox', { name: 'All: Changes by Ben Baker' }).click();
    await dialog(wide).getByRole('region', { name: 'What changes' }).getByText('is now called', { exact: false }).first().waitFor();
    // Without the change that broke the draft it can be published.
    await dialog(wide)
      .getByRole('checkbox', { name: /^“Address” of “CRM” is empty now/ })
      .click();
    await dialog(wide).getByText('Version 4 goes live in place of version 1.').waitFor();
    await shoot(wide, 'publish-dark');
    expect(await findings(wide, '[role="dialog"]')).toEqual([]);
    expect(faults).toEqual([]);
    expect([...desk.window.faults, ...ben.faults]).toEqual([]);
  });
});
