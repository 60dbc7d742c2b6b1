import { eventually, publishSketch, type Published, type SignedIn } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { inspector, rename, saved, step } from './editor.ts';
import { findings } from './findings.ts';

let desk: Desk;
let owner: SignedIn;
let page: Page;
let workflow: Published;

beforeAll(async () => {
  desk = await openDesk({ env: { MILLWRIGHT_EXPRESSION_ENV: 'SHOP_REGION,SHOP_UNSET', SHOP_REGION: 'eu' } });
  ({ owner } = desk);
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

const row = (key: string) => page.getByRole('row').filter({ hasText: key });

// Each test goes on where the one before ended, as a person does.
describe('Settings › Variables', () => {
  it('says what to do first, and where secrets go', async () => {
    await page.goto('/settings/members');
    await page.getByRole('link', { name: 'Variables' }).click();
    await page.getByRole('heading', { name: 'No variables yet' }).waitFor();
    await page.getByText('Put secrets into a connection').waitFor();
    await page.getByText('$env.SHOP_REGION').waitFor();
    await page.getByText('not set on this server').waitFor();
    expect(await page.content()).not.toContain('>eu<');
    expect(await findings(page)).toEqual([]);
  });

  it('takes a variable by keyboard alone, and says what is wrong with a name', async () => {
    const add = page.getByRole('button', { name: 'Add a variable' });
    await add.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).waitFor();
    await page.keyboard.type('1st');
    await page.keyboard.press('Enter');
    await page.getByText('Use letters, digits and _').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('apiBase');
    await page.getByRole('textbox', { name: 'Value' }).fill('https://api.acme.com');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await row('apiBase').getByText('https://api.acme.com').waitFor();
    await add.click();
    await page.getByRole('textbox', { name: 'Name' }).fill('apiBase');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('There is a variable with this name already').waitFor();
    await page.keyboard.press('Escape');
    expect((await owner.client.variables.list({})).items.map(({ key, value }) => [key, value])).toEqual([
      ['apiBase', 'https://api.acme.com'],
    ]);
  });

  it('is used with help: proposals with what they give here, a misspelling with its fix', async () => {
    await owner.client.variables.put({ key: 'limits', body: { value: { max: 3 } } });
    workflow = await publishSketch(owner, 'Sign-up', {
      nodes: [
        ['Form', 'core.webhook', { answer: 'end' }],
        ['Tidy', 'core.editFields', { assignments: [{ name: 'url', value: '{{ $vars.apiBase }}' }] }],
      ],
      edges: ['Form -> Tidy'],
    });
    const sent = await fetch(workflow.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'jane@acme.com' }),
    });
    expect(sent.status).toBe(200);
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Tidy').click();
    const field = inspector(page).getByRole('textbox', { name: '1: Value' });
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('{{ $vars.');
    await page.getByRole('option', { name: /limits/ }).waitFor();
    await page.getByRole('option', { name: /apiBase/ }).click();
    await page.keyboard.type('.toUpp');
    await page.getByRole('option', { name: /toUpperCase/ }).waitFor();
    await page.getByText('→ "HTTPS://API.ACME.COM"').waitFor();
    await shoot(page, 'variables-completion');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('{{ $vars.apiBas + $json.body.emial }}');
    await inspector(page).getByText('There is no variable “apiBas” in this workspace.').waitFor();
    await shoot(page, 'variables-finding');
    expect(await findings(page, 'aside')).toEqual([]);
    await page.getByRole('button', { name: 'Use “apiBase”' }).click();
    await page.getByRole('button', { name: 'Use “email”' }).click();
    await inspector(page).getByText('https://api.acme.comjane@acme.com').waitFor();
    await saved(page);
  });

  it('shows a field as people call it, also after its step was renamed; the expression stays what it was', async () => {
    const chips = inspector(page).locator('.mw-chip');
    await inspector(page).getByRole('textbox', { name: 'Name of the step' }).click();
    await eventually(async () => expect(await chips.allTextContents()).toEqual(['Variable › apiBase', 'Form › Body › Email']));
    await shoot(page, 'variables-chips');
    await step(page, 'Form').click();
    await rename(page, 'Sign-up form');
    await step(page, 'Tidy').click();
    await eventually(async () => expect(await chips.allTextContents()).toEqual(['Variable › apiBase', 'Sign-up form › Body › Email']));
    await saved(page);
    const { document } = await owner.client.drafts.get({ workflowId: workflow.workflowId });
    expect(JSON.stringify(document)).toContain('{{ $vars.apiBase + $json.body.email }}');
  });

  it.each([
    ['the program that shows them', '**/assets/code-editor-*.js'],
    ['the list of variables', '**/api/v1/variables*'],
  ])('proposals come by themselves to who typed before %s was there, and no key is lost', async (_what, address) => {
    const late = await desk.open();
    const gate = Promise.withResolvers<null>();
    await late.page.route(address, async (route) => {
      await gate.promise;
      await route.continue();
    });
    await late.page.goto(`/workflows/${workflow.workflowId}`);
    await step(late.page, 'Tidy').click();
    const field = inspector(late.page).getByRole('textbox', { name: '1: Value' });
    await field.click();
    await late.page.keyboard.press('ControlOrMeta+A');
    await late.page.keyboard.type('{{ $vars.');
    const read = () => field.inputValue().catch(() => field.innerText());
    await eventually(async () => expect(await read()).toContain('{{ $vars.'));
    gate.resolve(null);
    await late.page.getByRole('option', { name: /limits/ }).waitFor();
    await late.page.getByRole('option', { name: /apiBase/ }).click();
    await late.page.keyboard.type('.trim() }}!');
    await eventually(async () => expect(await read()).toContain('apiBase.trim() }}!'));
    await late.context.close();
  });

  it('says who uses it, and what deleting it means', async () => {
    await page.goto('/settings/variables');
    await page.getByRole('button', { name: 'Change apiBase' }).click();
    await page.getByText('those of 1 live workflow too').waitFor();
    await page.getByRole('textbox', { name: 'Value' }).fill('https://api.acme.dev');
    await page.getByRole('button', { name: 'Save' }).click();
    await row('apiBase').getByText('https://api.acme.dev').waitFor();
    await page.getByRole('button', { name: 'apiBase is used in 1 workflow: show it' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Sign-up' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete apiBase' }).click();
    await page.getByText('1 live workflow reads it: its next runs will fail there.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete limits' }).click();
    await page.getByText('No live workflow reads it.').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await row('limits').waitFor({ state: 'detached' });
    expect(desk.window.faults.filter((fault) => !/status of 409/.test(fault))).toEqual([]);
  });

  it.each([
    [{ theme: 'dark' }, 'Variables'],
    [{ language: 'de-DE' }, 'Variablen'],
    [{ width: 320 }, 'Variables'],
    [{ width: 320, theme: 'dark', language: 'de-DE' }, 'Variablen'],
  ] as const)('is readable for everybody in %o', async (view, title) => {
    const other = await desk.open(view);
    await other.page.goto('/settings/variables');
    await other.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await other.page.getByText('apiBase').first().waitFor();
    await shoot(other.page, `variables-${Object.values(view).join('-')}`);
    expect(await findings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.context.close();
  });
});
