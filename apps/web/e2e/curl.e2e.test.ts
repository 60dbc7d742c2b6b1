import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually, publishSketch } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, saved, step } from './editor.ts';
import { findings } from './findings.ts';

const SECRET = 'canary-4711-of-the-shop';
const COMMAND = `curl 'https://api.example.com/v1/orders?page=2' \\
  -X POST -H 'Authorization: Bearer ${SECRET}' -H 'Content-Type: application/json' -H 'Accept: text/csv' \\
  --data '{"name":"Ada"}'`;

let desk: Desk;
let page: Page;
let workflowId = '';
/** Where somebody shares a workflow. */
let pages: Server;
let origin = '';

const SHARED = {
  format: 'millwright.workflow/1',
  name: 'Shared',
  nodes: ['Ask', 'Tell'].map((name, index) => ({ id: name, name, type: 'core.noOp', version: 1, position: [index * 300, 0] })),
  edges: [{ from: 'Ask', to: 'Tell', label: 'Then' }],
};

beforeAll(async () => {
  pages = createServer((request, response) => response.end(request.url === '/flow.json' ? JSON.stringify(SHARED) : '<h1>Sign in</h1>'));
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(pages.address() as AddressInfo).port}`;
  origin = `http://${host}`;
  desk = await openDesk({ env: { MILLWRIGHT_EGRESS_ALLOW: host } });
  ({ page } = desk.window);
  await desk.window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sketch = {
    nodes: [
      ['start', 'core.manual'],
      ['call', 'http.request', { url: 'https://example.com/first' }],
    ],
    edges: ['start -> call'],
  } as const;
  ({ workflowId } = await publishSketch(desk.owner, 'Pasted', sketch));
  await page.goto(`/workflows/${workflowId}`);
  await step(page, 'call').waitFor();
});
afterAll(async () => {
  await desk?.close();
  pages?.close();
});

/** Copies a text, as from a terminal, and presses the keys of pasting. */
async function paste(text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('ControlOrMeta+V');
}

async function drafted() {
  await saved(page);
  return (await desk.owner.client.drafts.get({ workflowId })).document;
}

const address = () => inspector(page).getByRole('textbox', { name: /^Address/ });
const notice = () => inspector(page).getByText('This command has a secret; connect it');

// Each test goes on where the one before ended, as a person does.
describe('a cURL command', () => {
  it('pasted onto the canvas becomes a filled step of the newest version, without its secret', async () => {
    await canvas(page).focus();
    await paste(COMMAND);
    await step(page, 'HTTP request').waitFor();
    await notice().waitFor();
    await eventually(async () => expect(await address().inputValue()).toBe('https://api.example.com/v1/orders'));
    const { nodes } = await drafted();
    const made = nodes.find(({ name }) => name === 'HTTP request');
    expect(made).toMatchObject({
      type: 'http.request',
      version: 2,
      parameters: {
        method: 'POST',
        url: 'https://api.example.com/v1/orders',
        query: [{ name: 'page', value: '2' }],
        headers: [{ name: 'Accept', value: 'text/csv' }],
        bodyType: 'json',
        body: { name: 'Ada' },
      },
    });
    expect(JSON.stringify(nodes)).not.toContain(SECRET);
    await shoot(page, 'curl-pasted');
    expect(await findings(page)).toEqual([]);
  });

  it('offers its secret as a connection that names the host, and takes it', async () => {
    await inspector(page).getByRole('button', { name: 'Connect it', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^Hosts/ }).waitFor();
    expect(await dialog.getByRole('textbox', { name: /^Hosts/ }).inputValue()).toBe('api.example.com');
    expect(await findings(page, '[role=dialog]')).toEqual([]);
    await shoot(page, 'curl-connect');
    await dialog.getByRole('button', { name: 'Save and test', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await notice().waitFor({ state: 'detached' });
    const { nodes } = await drafted();
    const { items } = await desk.owner.client.credentials.list();
    expect(items).toMatchObject([{ type: 'http.bearer', hosts: ['api.example.com'] }]);
    expect(nodes.find(({ name }) => name === 'HTTP request')?.credentials).toEqual({ auth: items[0]?.id });
    expect(JSON.stringify([nodes, items])).not.toContain(SECRET);
  });

  it('pasted into the address of a step fills the step; one undo brings the old one back', async () => {
    await step(page, 'HTTP request').click();
    await address().click();
    await paste("curl 'https://api.example.com/v2' -u 'jane:canary-4711-of-the-shop'");
    await eventually(async () => ((await address().inputValue()) === 'https://api.example.com/v2' ? true : null));
    await notice().waitFor();
    const filled = (await drafted()).nodes.find(({ name }) => name === 'HTTP request')?.parameters;
    expect(filled).toEqual({ method: 'GET', url: 'https://api.example.com/v2' });
    await inspector(page).getByRole('button', { name: 'Leave it out', exact: true }).click();
    await notice().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Undo/ }).click();
    await eventually(async () => ((await address().inputValue()) === 'https://api.example.com/v1/orders' ? true : null));
    expect((await drafted()).nodes.find(({ name }) => name === 'HTTP request')?.parameters).toMatchObject({
      method: 'POST',
      bodyType: 'json',
    });
  });

  it('that cannot be read says where, in the step and on the canvas, and changes nothing', async () => {
    const before = await drafted();
    await address().click();
    await paste("curl 'https://x.io");
    await inspector(page)
      .getByRole('alert')
      .getByText(/^Line 1, column 6: /)
      .waitFor();
    expect(await findings(page)).toEqual([]);
    await canvas(page).focus();
    await paste('curl https://x.io --frobnicate');
    await page
      .getByRole('region', { name: 'Notifications' })
      .getByText(/^Line 1, column 19: .*--frobnicate/)
      .waitFor();
    expect(await drafted()).toEqual(before);
    expect(desk.window.faults).toEqual([]);
  });

  it('on the canvas is undone as one step', async () => {
    await canvas(page).focus();
    await paste("curl 'https://api.example.com/third'");
    await step(page, 'HTTP request 2').waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await step(page, 'HTTP request 2').waitFor({ state: 'detached' });
    expect((await drafted()).nodes.map(({ name }) => name)).toEqual(['start', 'call', 'HTTP request']);
  });
});

describe('C12: the address of a workflow', () => {
  it('pasted onto the canvas brings its steps, by the server, as one entry of the history', async () => {
    await page.keyboard.press('Escape');
    await canvas(page).focus();
    await paste(` ${origin}/flow.json\n`);
    await step(page, 'Tell').waitFor();
    await eventually(async () => {
      const { nodes, edges } = await drafted();
      const ids = ['Ask', 'Tell'].map((name) => nodes.find((node) => node.name === name)?.id);
      return expect(edges).toContainEqual({ from: ids[0], output: 'main', to: ids[1], input: 'main', label: 'Then' });
    });
    await page.getByRole('button', { name: /^Undo/ }).click();
    await step(page, 'Tell').waitFor({ state: 'detached' });
    await eventually(async () => expect((await drafted()).nodes.map(({ name }) => name)).not.toContain('Ask'));
  });

  it.each([
    ['a page', () => `${origin}/`, /There is no workflow there/],
    ['an address in a private network', () => 'http://10.0.0.1/flow.json', /not a public address/],
  ])('that is %s is refused in clear words, and nothing changes', async (_what, url, words) => {
    const before = await drafted();
    await canvas(page).focus();
    await paste(url());
    const toasts = page.getByRole('region', { name: 'Notifications' });
    await toasts.getByText(`Nothing was pasted from ${new URL(url()).host}`).waitFor();
    await toasts.getByText(words).waitFor();
    await shoot(page, 'address-refused');
    expect(await drafted()).toEqual(before);
  });
});
