import { ContractMock, serveMock, type ServedMock } from '@millwright/contract-mock';
import { eventually } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEN_OPERATIONS } from '../../../scripts/connectors/ten-operations.ts';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { addStep, choose, fill, newWorkflow, publish, step } from './editor.ts';
import { findings } from './findings.ts';
import { inviteGuest } from './people.ts';

const KEY = 'importedlibrary';
const CHOSEN = ['GET /books', 'POST /members', 'GET /members/{memberId}'];
const NEW_HOST = 'files.library.example';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

let desk: Desk;
let page: Page;
let service: ServedMock;
let mock: ContractMock;
/** What the service publishes now. */
let isNewer = false;

/** The service that is described, as it listens here. */
function first(): string {
  return JSON.stringify({ ...(JSON.parse(TEN_OPERATIONS) as object), servers: [{ url: `${service.origin}/v1` }] });
}

/** A year later: members have a card, one operation is gone, one reads files elsewhere. @param required whether the service insists on the card */
function second(required: boolean): string {
  const old = JSON.parse(first()) as Described;
  const { '/members/{memberId}': _gone, '/members': members = {}, ...paths } = old.paths;
  const card = { name: 'card', in: 'query', required, schema: { type: 'string', example: 'c1' } };
  const files = {
    get: {
      tags: ['Files'],
      operationId: 'findFiles',
      summary: 'Find files',
      servers: [{ url: `https://${NEW_HOST}` }],
      responses: { 200: { description: 'ok' } },
    },
  };
  return JSON.stringify({
    ...old,
    paths: { ...paths, '/members': { ...members, post: { ...members['post'], parameters: [card] } }, '/files': files },
  });
}

beforeAll(async () => {
  const late: { mock: ContractMock | null } = { mock: null };
  service = await serveMock({
    request: async (request) => {
      // The service publishes its own description.
      if (new URL(request.url).pathname === '/openapi.json')
        return { status: 200, headers: {}, body: new TextEncoder().encode(isNewer ? second(true) : first()), url: request.url };
      return (late.mock ?? mock).request(request);
    },
  });
  mock = new ContractMock(second(false));
  late.mock = mock;
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  ({ page } = desk.window);
  const { client } = desk.owner;
  const source = { url: `${service.origin}/openapi.json` };
  const { digest } = await client.connectors.import({ body: source });
  await client.connectors.add({ body: { ...source, title: 'Library', operations: CHOSEN, digest } });
  await client.credentials.create({ body: { type: `${KEY}.key`, name: 'Library', fields: { token: 'secret-token-4711' } } });
  isNewer = true;
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

/** Calls the webhook of what is published. @returns the addresses that the service was asked by that, once the run went well */
async function asked(workflowId: string): Promise<readonly string[]> {
  const { client } = desk.owner;
  const before = mock.calls.length;
  const { endpoints } = await client.workflows.get({ workflowId });
  const { runId } = (await (await fetch(endpoints[0]?.url ?? '', { method: 'POST' })).json()) as { readonly runId: string };
  const status = await eventually(async () => {
    const run = await client.runs.get({ runId });
    return run.status === 'succeeded' || run.status === 'failed' ? run.status : null;
  });
  expect(status).toBe('succeeded');
  return mock.calls.slice(before).map(({ request }) => `${request.method} ${request.url.pathname}${request.url.search}`);
}

/** The versions of steps that the person has in a workflow's draft. */
async function versionsIn(workflowId: string): Promise<readonly string[]> {
  const { document } = await desk.owner.client.drafts.get({ workflowId });
  return document.nodes.filter(({ type }) => type.startsWith(KEY)).map(({ type, version }) => `${type.split('.').at(-1)}@${version}`);
}

describe('Settings › Connectors › Update from a description', () => {
  let workflowId = '';

  it('a workflow is there with a step of the connector', async () => {
    await page.goto('/workflows');
    await newWorkflow(page, /^Webhook/, 'Webhook');
    workflowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await addStep(page, 'add a member', 'Library: Add a member');
    await choose(page, 'Connection', /Library/);
    await fill(page, /^Email/, 'ada@example.com');
    await publish(page, 1);
    expect(await asked(workflowId)).toEqual(['POST /v1/members']);
  });

  it('the address of before is read again, and what changes is said before anything happens', async () => {
    await page.goto('/settings/connectors');
    await page.getByRole('link', { name: 'Update Library from a description' }).click();
    await page.getByRole('heading', { name: 'Update Library from a description' }).waitFor();
    expect(await page.getByLabel('Address of the description').inputValue()).toBe(`${service.origin}/openapi.json`);
    await page.getByLabel('Address of the description').press('Enter');
    const changed = page.getByRole('region', { name: '1 operation does something else than before' });
    await changed.getByText('It has a new field: Card. Card has to be filled in.').waitFor();
    await page.getByRole('region', { name: '1 operation is not described any more' }).getByText('GET /members/{memberId}').waitFor();
    await page.getByRole('region', { name: '8 operations are not in the connector yet' }).waitFor();
    await page.getByText(`New host that requests would go to: ${NEW_HOST}`).waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'update-connector');
    const { items } = await desk.owner.client.connectors.list({});
    expect(items.find(({ key }) => key === KEY)?.made?.version).toBe(1);
  });

  it('a new host is confirmed where an operation that is chosen needs it; then there is a version 2', async () => {
    const make = page.getByRole('button', { name: 'Make version 2' });
    await page.getByRole('group', { name: 'New hosts' }).waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'GET /files' }).getByRole('checkbox').check();
    expect(await make.isDisabled()).toBe(true);
    await page.getByLabel(`Requests and connections may go to ${NEW_HOST}`).check();
    await make.click();
    await page.getByText('Library has version 2 now').waitFor();
    await page.getByText(/^3 steps are in the list of steps/).waitFor();
    expect(await findings(page)).toEqual([]);
    await shoot(page, 'update-connector-made');
    await page.getByRole('link', { name: 'To the connectors' }).click();
    await page.getByRole('row').filter({ hasText: 'Library' }).getByText('Version 2').waitFor();
  });

  it('the workflow does what it did; in the editor its step is replaced by the new version', async () => {
    expect(await asked(workflowId)).toEqual(['POST /v1/members']);
    await page.goto(`/workflows/${workflowId}`);
    const name = 'Library: Add a member';
    await step(page, name).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Replace step…' }).click();
    const search = page.getByRole('combobox', { name: /^Search steps/ });
    await search.fill('library member');
    await page.getByRole('option', { name: new RegExp(`^${name}`), selected: true }).waitFor();
    // What is not described any more is not offered.
    expect(await page.getByRole('option', { name: /^Library: Get a member/ }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await search.waitFor({ state: 'detached' });
    await step(page, name).click();
    await fill(page, /^Card/, 'c7');
    await publish(page, 2);
    expect(await versionsIn(workflowId)).toEqual(['createMember@2']);
    expect(await asked(workflowId)).toEqual(['POST /v1/members?card=c7']);
  });

  it('who looked at an older version is told so', async () => {
    const { client } = desk.owner;
    await page.goto(`/settings/connectors/${KEY}/update`);
    await page.getByRole('button', { name: 'Read description' }).click();
    await page.getByText('The connector does what the description says already.').waitFor();
    const body = { url: `${service.origin}/openapi.json` };
    const { found, version } = await client.connectors.compare({ connectorKey: KEY, body });
    const chosen = { operations: CHOSEN.slice(0, 2), hosts: [], digest: found.digest, version };
    await client.connectors.update({ connectorKey: KEY, body: { ...body, ...chosen } });
    await page.getByRole('listitem').filter({ hasText: 'GET /members' }).first().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Make version 3' }).click();
    await page.getByRole('alert').getByText('Somebody updated this connector in the meantime.').waitFor();
    const { items } = await client.connectors.list({});
    expect(items.find(({ key }) => key === KEY)?.made?.version).toBe(3);
  });

  it('is dark, German and 320 px wide where the person is, and works by keyboard', async () => {
    const { page: narrow } = await desk.open({ theme: 'dark', language: 'de-DE', width: 320 });
    await narrow.goto(`/settings/connectors/${KEY}/update`);
    await narrow.getByLabel('Datei', { exact: true }).check();
    await narrow
      .getByLabel('Datei mit der Beschreibung')
      .setInputFiles({ name: 'library.json', mimeType: 'application/json', buffer: Buffer.from(first()) });
    await narrow.getByRole('button', { name: 'Beschreibung lesen' }).press('Enter');
    await narrow.getByRole('region', { name: '1 Operation tut etwas anderes als vorher' }).getByText('Das Feld Card ist weg.').waitFor();
    expect(await narrow.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await findings(narrow)).toEqual([]);
    await shoot(narrow, 'update-connector-dark-de-320');
    await narrow.getByRole('button', { name: 'Version 4 anlegen' }).press('Enter');
    await narrow.getByText('Library hat jetzt Version 4').waitFor();
  });

  it('is no page for who may not update connectors, nor of a connector that was not made here', async () => {
    const editor = await inviteGuest(desk, 'Ed Itor', 'editor');
    await editor.page.goto(`/settings/connectors/${KEY}/update`);
    await editor.page.getByText('Only owners and admins update connectors').waitFor();
    await page.goto('/settings/connectors/github/update');
    await page.getByText('There is no such connector').waitFor();
    expect(await findings(page)).toEqual([]);
    // The console tells of every answer that refuses something.
    expect(desk.window.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  });
});
