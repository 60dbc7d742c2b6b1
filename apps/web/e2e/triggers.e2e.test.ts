import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually, triggerDesk } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { inspector } from './editor.ts';
import { findings } from './findings.ts';

const REFUSAL = 'your address is not reachable over the internet';
const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

let desk: Desk;
let page: Page;
let shop: Server;
let workflowId = '';

/** A service that has nothing new, and calls nobody whom it cannot reach. */
async function startShop(): Promise<string> {
  shop = createServer((request, response) => {
    const isTold = request.method === 'POST';
    request.resume().on('end', () => {
      response.writeHead(isTold ? 422 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isTold ? { message: REFUSAL } : []));
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const baseUrl = await startShop();
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32', MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' } });
  ({ page } = desk.window);
  const body = { type: 'testconnector.bearer', name: 'Shop', fields: { baseUrl, token: 't' }, hosts: ['127.0.0.1'] };
  const { id: credentialId } = await desk.owner.client.credentials.create({ body });
  const triggers = triggerDesk(desk.owner);
  workflowId = await triggers.publish({ type: 'testconnector.thing.moved', parameters: { shelf: 'top' }, credentialId });
  await triggers.reaches(workflowId, 'listening');
});
afterAll(async () => {
  await desk?.close();
  shop?.closeAllConnections();
  shop?.close();
});

const dialog = () => page.getByRole('dialog');

describe('a service that does not call', () => {
  it('is told by the live version, and by its step: why, what it means, and what to do', async () => {
    await page.goto(`/workflows/${workflowId}`);
    await page.getByRole('button', { name: '1 trigger of the live version is asked instead of called' }).click();
    const panel = inspector(page).getByRole('status', { name: 'How it listens' });
    await panel.getByText('Listens · no event yet').waitFor();
    await panel.getByText('The service does not call: it is asked instead').waitFor();
    await panel.getByText('Nothing is lost. Events come when it is asked next').waitFor();
    await panel.getByText(REFUSAL).waitFor();
    await panel.getByText(`Services on the internet cannot reach ${desk.product.url}`).waitFor();
    await panel.getByText('then switch the workflow off and on').waitFor();
    await shoot(page, 'trigger-asked');
    expect(await findings(page)).toEqual([]);
    expect((await desk.owner.client.workflows.triggers({ workflowId })).triggers[0]).toMatchObject({ way: 'poll', status: 'listening' });
  });

  it('is told in German, in the dark, as well', async () => {
    const other = await desk.open({ theme: 'dark', language: 'de-DE' });
    await other.page.goto(`/workflows/${workflowId}`);
    await other.page.getByRole('button', { name: '1 Auslöser der aktiven Version wird gefragt statt angerufen' }).click();
    await other.page.getByText('Nichts geht verloren. Ereignisse kommen, wenn er das nächste Mal gefragt wird').waitFor();
    await other.page.getByText(`Dienste im Internet erreichen ${desk.product.url} nicht`).waitFor();
    await shoot(other.page, 'trigger-asked-dark-de');
    expect(await findings(other.page)).toEqual([]);
    await other.context.close();
  });
});

describe('the one address of an app', () => {
  it('stands where an admin enters the app’s client, with what else the vendor shows; the signing secret is stored and never shown', async () => {
    await page.goto('/settings/apps');
    await page.getByRole('button', { name: 'Set up Slack' }).click();
    await dialog().getByText('There: Event Subscriptions › Request URL').waitFor();
    await dialog().getByText('Nothing came yet.').waitFor();
    await dialog().getByRole('button', { name: 'Copy: Address of events' }).waitFor();
    await dialog().getByRole('textbox', { name: 'Client ID' }).fill('slack-client');
    await dialog().getByRole('textbox', { name: 'Client secret' }).fill('slack-secret');
    await dialog().getByRole('textbox', { name: 'Signing Secret' }).fill(SIGNING_SECRET);
    await shoot(page, 'app-events');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Slack can be connected now').waitFor();
    expect(await page.content()).not.toContain(SIGNING_SECRET);
  });

  it('tells what came to it: what nobody hears, and what was refused', async () => {
    const { items } = await desk.owner.client.clientApps.list();
    const url = items.find(({ connectorKey }) => connectorKey === 'slack')?.events?.url ?? '';
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T0NOBODY', event: { type: 'message', channel: 'C1', ts: '1.2' } });
    const time = String(Math.floor(Date.now() / 1000));
    const send = (secret: string): Promise<Response> => {
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
      const headers = { 'content-type': 'application/json', 'x-slack-signature': signature, 'x-slack-request-timestamp': time };
      return fetch(url, { method: 'POST', headers, body });
    };
    const answer = await send(SIGNING_SECRET);
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 202, body: { runs: [], dropped: 1 } });
    expect((await send('guessed')).status).toBe(401);
    await eventually(async () =>
      (await desk.owner.client.clientApps.list()).items.some(({ events }) => events?.dropped === 1 && events.refused === 1),
    );
    await page.goto('/settings/apps?app=slack');
    await dialog()
      .getByText(/^1 event came/)
      .waitFor();
    await dialog().getByText('1 of them is of an account to which no live workflow listens').waitFor();
    await dialog()
      .getByText(/^1 delivery was refused/)
      .waitFor();
    expect(await dialog().getByRole('textbox', { name: 'Signing Secret' }).inputValue()).toBe('');
    await shoot(page, 'app-events-came');
  });

  it('is readable on a phone, in German and in the dark', async () => {
    const other = await desk.open({ width: 320, theme: 'dark', language: 'de-DE' });
    await other.page.goto('/settings/apps?app=slack');
    await other.page.getByText('Dort: Event Subscriptions › Request URL').waitFor();
    await other.page.getByText(/^1 Ereignis kam/).waitFor();
    await shoot(other.page, 'app-events-320-dark-de');
    expect(await findings(other.page, '[role=dialog]')).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.context.close();
  });
});
