import { ContractMock, serveMock, type ServedMock } from '@millwright/contract-mock';
import { eventually } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEN_OPERATIONS } from '../../../scripts/connectors/ten-operations.ts';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, choose, fill, newWorkflow, publish } from './editor.ts';
import { findings } from './findings.ts';
import { inviteGuest } from './people.ts';

const TYPE = 'importedlibrary.members.createMember';

let desk: Desk;
let page: Page;
let service: ServedMock;
let mock: ContractMock;

/** The service that is described, as it listens here; it wants a token. */
function describeService(origin: string): string {
  return JSON.stringify({ ...(JSON.parse(TEN_OPERATIONS) as object), servers: [{ url: `${origin}/v1` }] });
}

beforeAll(async () => {
  const late: { mock: ContractMock | null } = { mock: null };
  service = await serveMock({
    request: async (request) => {
      // The service publishes its own description.
      if (new URL(request.url).pathname === '/openapi.json')
        return { status: 200, headers: {}, body: new TextEncoder().encode(describeService(service.origin)), url: request.url };
      return (late.mock ?? mock).request(request);
    },
  });
  mock = new ContractMock(describeService(service.origin));
  late.mock = mock;
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  ({ page } = desk.window);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

/** Calls the webhook of what is published. @returns how the run ended */
async function run(workflowId: string): Promise<string> {
  const { client } = desk.owner;
  const { endpoints } = await client.workflows.get({ workflowId });
  const { runId } = (await (await fetch(endpoints[0]?.url ?? '', { method: 'POST' })).json()) as { readonly runId: string };
  return eventually(async () => {
    const { status } = await client.runs.get({ runId });
    return status === 'succeeded' || status === 'failed' ? status : null;
  });
}

describe('Settings › Connectors › Add from a description', () => {
  let workflowId = '';

  it('what cannot be read is said in words with the next action, and nothing is lost', async () => {
    await page.goto('/settings/connectors');
    await page.getByRole('link', { name: 'Add from a description' }).click();
    await page.getByRole('heading', { name: 'Add a connector from a description' }).waitFor();
    await page
      .getByLabel('Description file')
      .setInputFiles({ name: 'page.json', mimeType: 'application/json', buffer: Buffer.from('<html>') });
    await page.getByRole('button', { name: 'Read description' }).click();
    await page.getByRole('alert').getByText('This is no description that can be read.').waitFor();
    const nowhere = JSON.stringify({ ...(JSON.parse(TEN_OPERATIONS) as object), servers: [] });
    await page
      .getByLabel('Description file')
      .setInputFiles({ name: 'library.json', mimeType: 'application/json', buffer: Buffer.from(nowhere) });
    await page.getByRole('button', { name: 'Read description' }).click();
    await page.getByRole('alert').getByText('The description does not say where the service is.').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Address of the service').fill(`${service.origin}/v1/`);
    await page.getByRole('button', { name: 'Read description' }).click();
    await page.getByText('10 operations').waitFor();
  });

  it('an address is read, what is in it is shown, some of it is chosen and named, and it is there', async () => {
    await page.goto('/settings/connectors/add');
    await page.getByLabel('Address', { exact: true }).check();
    await page.getByLabel('Address of the description').fill(`${service.origin}/openapi.json`);
    await page.getByLabel('Address of the description').press('Enter');
    await page.getByText('10 operations').waitFor();
    await page.getByText('127.0.0.1', { exact: true }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'GET /books' }).getByText('Reads all pages').waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'import-connector');
    await page.getByRole('button', { name: 'Choose none' }).click();
    await page.getByRole('textbox', { name: 'Search operations' }).fill('members');
    await page.getByRole('button', { name: 'Choose all 3' }).click();
    await page.getByRole('status').getByText('3 chosen').waitFor();
    await page.getByLabel('Name of the connector').fill('Library');
    await page.getByRole('button', { name: 'Add connector' }).click();
    await page.getByText('Library is added').waitFor();
    await page.getByText(/^3 steps are in the list of steps/).waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'import-connector-added');
    const { items } = await desk.owner.client.connectors.list({});
    expect(items.find(({ title }) => title === 'Library')).toMatchObject({ key: 'importedlibrary', isImported: true, actions: 3 });
  });

  it('an account is connected, a step is picked, filled in and published, and its run sends what the description accepts', async () => {
    await page.getByRole('link', { name: 'Connect an account' }).click();
    await page
      .getByRole('button', { name: /New connection/ })
      .first()
      .click();
    await page.getByLabel('Search apps').fill('library');
    await page.keyboard.press('Enter');
    const token = page.getByRole('dialog').getByRole('textbox', { name: 'Access token' });
    await token.fill('secret-token-4711');
    await token.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row').filter({ hasText: 'Library' }).first().waitFor();
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    workflowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await addStep(page, 'add a member', 'Library: Add a member');
    await choose(page, 'Connection', /Library/);
    await fill(page, /^Email/, 'ada@example.com');
    await publish(page, 1);
    expect(await run(workflowId)).toBe('succeeded');
    expect(mock.calls.map(({ request }) => `${request.method} ${request.url.pathname}`)).toContain('POST /v1/members');
    expect(mock.refused).toEqual([]);
  });

  it('after the server was killed it is all there, and the same step runs', async () => {
    const [before] = (await desk.owner.client.nodeTypes.list({})).nodeTypes.filter(({ type }) => type === TYPE);
    expect(before).toBeDefined();
    await desk.product.kill();
    await desk.product.start();
    const [after] = (await desk.owner.client.nodeTypes.list({})).nodeTypes.filter(({ type }) => type === TYPE);
    expect(after).toEqual(before);
    expect(await run(workflowId)).toBe('succeeded');
  });

  it('is not removed while workflows have its steps; then it is, and a name that was used is not given again', async () => {
    await page.goto('/settings/connectors');
    await page.getByRole('button', { name: 'Remove Library' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog', { name: 'Library is still used' }).getByRole('link').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await desk.owner.client.workflows.remove({ workflowId });
    await page.getByRole('button', { name: 'Remove Library' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    // While the dialog is open nothing behind it has a role.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Library' }).waitFor({ state: 'detached' });
    const { nodeTypes } = await desk.owner.client.nodeTypes.list({});
    expect(nodeTypes.filter(({ type }) => type.startsWith('importedlibrary.'))).toEqual([]);
  });

  it('is dark, German and 320 px wide where the person is', async () => {
    const { page: narrow } = await desk.open({ theme: 'dark', language: 'de-DE', width: 320 });
    await narrow.goto('/settings/connectors/add');
    await narrow
      .getByLabel('Datei mit der Beschreibung')
      .setInputFiles({ name: 'library.json', mimeType: 'application/json', buffer: Buffer.from(describeService(service.origin)) });
    await narrow.getByRole('button', { name: 'Beschreibung lesen' }).click();
    await narrow.getByText('10 Operationen').waitFor();
    expect(await narrow.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await findings(narrow)).toEqual([]);
    await shoot(narrow, 'import-connector-dark-de-320');
    await narrow.getByLabel('Name des Konnektors').fill('Library');
    await narrow.getByRole('button', { name: 'Konnektor hinzufügen' }).click();
    await narrow.getByRole('alert').getByText('Einen Konnektor mit diesem Namen gibt oder gab es schon.').waitFor();
  });

  it('is no page for who may not add connectors', async () => {
    const editor = await inviteGuest(desk, 'Ed Itor', 'editor');
    await editor.page.goto('/settings/connectors/add');
    await editor.page.getByText('Only owners and admins add connectors').waitFor();
    // The console tells of every answer that refuses something.
    expect(desk.window.faults.filter((fault) => !/status of 4\d\d|ERR_CONNECTION_REFUSED/.test(fault))).toEqual([]);
  });
});
