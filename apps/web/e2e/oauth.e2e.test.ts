import { eventually, sketchDocument, startOidcServer, type OidcServer } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { consentIn } from './consent.ts';
import { openDesk, type Desk } from './desk.ts';
import { findings } from './findings.ts';
import { startVendor, type Vendor } from './vendor.ts';

/** Seconds that an access token lives. */
const TOKEN_S = 3;

let desk: Desk;
let page: Page;
let vendor: Vendor;
let oidc: OidcServer;
let workflowId = '';

beforeAll(async () => {
  vendor = await startVendor();
  desk = await openDesk({
    env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32', MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' },
  });
  oidc = await startOidcServer({ redirectUris: [`${desk.product.url}/oauth/callback`], accessTokenS: TOKEN_S });
  ({ page } = desk.window);
});
afterAll(async () => {
  await desk?.close();
  await Promise.all([vendor?.stop(), oidc?.stop()]);
});

const dialog = () => page.getByRole('dialog');
const field = (name: string) => dialog().getByRole('textbox', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const button = (name: string | RegExp) => dialog().getByRole('button', { name });

/** Publishes a workflow whose one step signs with the connection. */
async function publishSending(): Promise<void> {
  const { client } = desk.owner;
  const [connection] = (await client.credentials.list({})).items;
  ({ id: workflowId } = await client.workflows.create({ body: { name: 'Tell the shop' } }));
  const { revision } = await client.drafts.get({ workflowId });
  const sketch = sketchDocument(
    'Tell the shop',
    [
      ['begin', 'core.manual'],
      ['send', 'testconnector.thing.send', { name: 'One' }],
    ],
    ['begin -> send'],
  );
  const nodes = sketch.nodes.map((node) => (node.id === 'send' ? { ...node, credentials: { auth: connection?.id ?? '' } } : node));
  await client.drafts.put({ workflowId, revision, body: { ...sketch, nodes } });
  await client.workflows.publish({ workflowId, body: {} });
}

async function start(): Promise<string> {
  return (await desk.owner.client.workflows.startRun({ workflowId, body: { input: {} } })).runId;
}

async function runIs(runId: string, status: string): Promise<void> {
  await eventually(async () => expect((await desk.owner.client.runs.get({ runId }).catch(() => null))?.status).toBe(status));
}

/** Signs out at the provider. Cookies do not know ports: those of the product stay. */
async function leaveProvider(): Promise<void> {
  await desk.window.context.clearCookies({ name: /^_(session|interaction|grant)/ });
}

// Each test goes on where the one before ended, as a person does.
describe('a connection in the service’s window', () => {
  it('shows numbered steps and the exact scopes; a service that refuses is told in words with what to do next', async () => {
    await page.goto('/connections');
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByRole('textbox', { name: 'Search apps' }).fill('test con');
    await page.keyboard.press('Enter');
    await button(/^Sign in Sign in at the service/).click();
    await field('Name').fill('Account');
    await field('Address').fill(vendor.url);
    await field('Issuer').fill(oidc.url);
    await field('Client ID').fill(oidc.clientId);
    await field('Client secret').fill('not-its-secret');
    await field('Hosts').fill('127.0.0.1');
    await button('Continue').click();
    await dialog().getByRole('list', { name: 'How to connect' }).getByText('offline_access').waitFor();
    await shoot(page, 'oauth-steps');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await consentIn(page, 'Connect Test connector', { account: 'ana', answer: 'deny' });
    await dialog().getByText('Access was not granted').waitFor();
    await shoot(page, 'oauth-denied');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await consentIn(page, 'Try again', { account: 'ana', answer: 'allow' });
    await dialog().getByText('Test connector refuses the client ID or the client secret').waitFor();
    await dialog().getByRole('link', { name: 'Open the client app' }).waitFor();
    await shoot(page, 'oauth-client-invalid');
  });

  it('says what to do when the browser blocks the window, and when one comes back without an answer', async () => {
    await page.evaluate('window.realOpen = window.open; window.open = () => null');
    await button('Try again').click();
    await dialog().getByText('The browser blocked the window').waitFor();
    await button('Continue in this tab').waitFor();
    await shoot(page, 'oauth-blocked');
    await page.evaluate('window.open = window.realOpen');
    const opened = page.waitForEvent('popup');
    await button('Open the window again').click();
    const popup = await opened;
    await dialog().getByText('Waiting for Test connector').waitFor();
    await popup.close();
    await page.evaluate('window.dispatchEvent(new Event("focus"))');
    await dialog().getByText('Nothing has come back from Test connector yet').waitFor();
    await dialog().getByText('the app is not verified').waitFor();
    await shoot(page, 'oauth-came-back');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await button('Connect later').click();
    await row('Account').getByText('Not connected').waitFor();
  });

  it('is connected with the right client, and its token is renewed by itself', async () => {
    await page.getByRole('button', { name: 'Actions for Account' }).click();
    await page.getByRole('menuitem', { name: 'Rename or replace' }).click();
    await field('Client secret').fill(oidc.clientSecret);
    await button('Save').click();
    await page.getByRole('button', { name: 'Connect Account' }).click();
    await consentIn(page, 'Connect Test connector', { account: 'ana', answer: 'allow' });
    await page.getByText('Account is ready').waitFor();
    await row('Account').getByText('Working').waitFor();
    await row('Account').getByText('ana@example.com').waitFor();
    await row('Account').getByText('renewed by itself').waitFor();
    await publishSending();
    await runIs(await start(), 'succeeded');
    await page.waitForTimeout(TOKEN_S * 1000);
    await runIs(await start(), 'succeeded');
    expect(oidc.tokenRequests('refresh_token')).toBeGreaterThan(0);
    expect(new Set(vendor.tokens()).size).toBeGreaterThan(1);
  });

  it('holds its runs when access was revoked; the run leads to it, and after reconnecting it ends', async () => {
    oidc.revoke();
    await page.waitForTimeout(TOKEN_S * 1000);
    const before = vendor.made();
    const runId = await start();
    await runIs(runId, 'waiting');
    await page.goto(`/runs/${runId}`);
    await page.getByText('Waits until the connection works again').first().waitFor();
    await shoot(page, 'oauth-run-waits');
    await page.getByRole('link', { name: 'Open the connection' }).first().click();
    await page.getByText('Account needs to be reconnected').waitFor();
    await shoot(page, 'oauth-needs-reconnect');
    expect(await findings(page)).toEqual([]);
    await button('Reconnect').click();
    await dialog().getByText('Sign in there as ana@example.com').waitFor();
    await leaveProvider();
    await consentIn(page, 'Connect Test connector', { account: 'ben', answer: 'allow' });
    await dialog().getByText('You signed in with another account than ana@example.com').waitFor();
    await button('Use another account from now on').waitFor();
    await shoot(page, 'oauth-wrong-account');
    await leaveProvider();
    await consentIn(page, 'Try again', { account: 'ana', answer: 'allow' });
    await runIs(runId, 'succeeded');
    expect(vendor.made()).toBe(before + 1);
    await row('Account').getByText('Working').waitFor();
  });

  it('lets an admin enter an app’s client once: redirect address, scopes, the service’s console', async () => {
    await page.goto('/settings/apps');
    await page.getByRole('button', { name: 'Set up GitHub' }).click();
    await dialog().getByText(`${desk.product.url}/oauth/callback`).waitFor();
    expect(
      await dialog()
        .getByRole('link', { name: /^Open the page of GitHub/ })
        .getAttribute('href'),
    ).toBe('https://github.com/settings/developers');
    await shoot(page, 'client-app');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await button('Save').click();
    await dialog().getByText('Enter the client ID.').waitFor();
    await field('Client ID').fill('gh-client');
    await field('Client secret').fill('gh-secret');
    await button('Save').click();
    await page.getByText('GitHub can be connected now').waitFor();
    await page.getByRole('button', { name: 'Change GitHub' }).click();
    expect(await field('Client secret').inputValue()).toBe('');
    expect(desk.window.faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
  });

  it.each([
    [{ theme: 'dark' }, 'Apps'],
    [{ width: 320, theme: 'dark', language: 'de-DE' }, 'Apps'],
  ] as const)('apps are readable for everybody in %o', async (view, title) => {
    const other = await desk.open(view);
    await other.page.goto('/settings/apps');
    await other.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await other.page.getByText('GitHub').first().waitFor();
    await shoot(other.page, `client-apps-${Object.values(view).join('-')}`);
    expect(await findings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.context.close();
  });
});
