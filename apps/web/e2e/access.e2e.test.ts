import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { createOwner, eventually, publishSketch, startProduct, type Product, type Published, type SignedIn } from '@millwright/testing';
import { launchBrowser, openWindow, shoot, takeSession, type Window } from './browser.ts';
import { canvas, step } from './editor.ts';
import { TEN_OPERATIONS } from '../../../scripts/connectors/ten-operations.ts';
import { findings } from './findings.ts';

let product: Product;
let browser: Browser;
let owner: SignedIn;
let published: Published;
let runId = '';
let window: Window;

const LOOKS = [
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['contrast', { colorScheme: 'dark', forcedColors: 'active' }],
] as const;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  window = await openWindow(browser, product.url);
});
afterAll(async () => {
  await browser?.close();
  await product?.remove();
});

const SKETCH = {
  nodes: [
    ['Form', 'core.webhook', { answer: 'end' }],
    ['Check', 'core.if', { conditions: [{ left: '{{ $json.body.email }}', operator: 'contains', right: '@' }] }],
    ['Tidy', 'core.editFields', { assignments: [{ name: 'email', value: '{{ $json.body.email }}' }] }],
  ],
  edges: ['Form -> Check', 'Check:true -> Tidy'],
} as const;

/** Checks a screen in light, dark and high contrast, one after the other as the system changes, and writes what it looks like. */
async function check(screen: string, prepare: (page: Page) => Promise<void>): Promise<void> {
  const { page } = window;
  await prepare(page);
  for (const [look, media] of LOOKS) {
    await page.emulateMedia(media);
    await shoot(page, `access-${screen}-${look}`);
    expect.soft((await findings(page)).map((finding) => `${screen} in ${look}: ${finding}`)).toEqual([]);
  }
}

/** Whether the whole card of a step is inside the canvas. */
async function isInView(page: Page, name: string): Promise<boolean> {
  const [card, frame] = await Promise.all([step(page, name).boundingBox(), canvas(page).boundingBox()]);
  if (!card || !frame) return false;
  return (
    card.x >= frame.x && card.y >= frame.y && card.x + card.width <= frame.x + frame.width && card.y + card.height <= frame.y + frame.height
  );
}

/** A run with a frame that failed, so that it can be resumed. */
const FRAMED = {
  nodes: [
    ['Form', 'core.webhook', { answer: 'now' }],
    ['Each', 'core.map', {}],
    ['Inner', 'core.noOp', {}, {}, 'Each'],
    ['Refused', 'core.stop', { message: 'Not today' }],
  ],
  edges: ['Form -> Each', 'Each:each -> Inner', 'Inner -> Each:collect', 'Each -> Refused'],
} as const;

describe('every screen can be used with assistive technology', () => {
  it('setup', async () => {
    await check('setup', async (page) => {
      await page.goto('/');
      await page.getByRole('button', { name: /^Create/ }).waitFor();
    });
    expect.hasAssertions();
  });

  it('sign-in', async () => {
    owner = await createOwner(product);
    published = await publishSketch(owner, 'Newsletter', SKETCH);
    const answer = await fetch(published.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":"jane@acme.com"}',
    });
    runId = answer.headers.get('x-millwright-run') ?? '';
    expect(runId).toMatch(/^run_/);
    await check('sign-in', async (page) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    });
  });

  it('lists, a run and the members', async () => {
    await takeSession(window, product, owner);
    await check('workflows', async (page) => {
      await page.goto('/workflows');
      await page.getByRole('link', { name: 'Newsletter' }).waitFor();
    });
    await check('runs', async (page) => {
      await page.goto('/runs');
      await page.locator(`a[href="/runs/${runId}"]`).first().waitFor();
    });
    await check('run', async (page) => {
      await page.goto(`/runs/${runId}`);
      await page.getByRole('group', { name: /^Tidy.*[Ss]ucceeded/ }).click();
      await page.getByRole('table').or(page.getByRole('grid')).first().waitFor();
    });
    await check('members', async (page) => {
      await page.goto('/settings/members');
      await page.getByText('ana@example.com').first().waitFor();
    });
    expect.hasAssertions();
  });

  it('a run with frames, resuming it, and choosing several runs', async () => {
    const framed = await publishSketch(owner, 'Sections', FRAMED);
    const answer = await fetch(framed.url, { method: 'POST' });
    const failed = answer.headers.get('x-millwright-run') ?? '';
    await check('run-frames', async (page) => {
      await page.goto(`/runs/${failed}`);
      await page.getByRole('group', { name: /^Refused.*Failed/ }).waitFor();
      await page.getByRole('navigation', { name: 'Steps of this run' }).getByRole('button', { name: /Each/ }).click();
      await page.getByRole('table').or(page.getByRole('grid')).first().waitFor();
    });
    await check('resume', async (page) => {
      await page.getByRole('button', { name: /^Resume/ }).click();
      await page.getByText(/runs? again\./).waitFor();
      await page.getByRole('checkbox', { name: /^Begin with other data/ }).check();
      await page.getByRole('textbox', { name: /^What the new run begins/ }).waitFor();
    });
    await check('runs-chosen', async (page) => {
      await page.goto('/runs');
      await page.getByRole('checkbox').nth(1).check();
      await page.getByRole('button', { name: 'Choose none' }).waitFor();
    });
    expect.hasAssertions();
  });

  it('the editor with a step open, with the picker, and with a list box', async () => {
    await check('editor', async (page) => {
      await page.goto(`/workflows/${published.workflowId}`);
      await step(page, 'Check').click();
      await page.getByRole('complementary', { name: 'Step' }).getByRole('textbox').first().waitFor();
      await page.locator('.mw-code').first().waitFor();
    });
    await check('picker', async (page) => {
      await canvas(page).focus();
      await page.keyboard.press('/');
      await page.getByRole('option').first().waitFor();
    });
    await check('publish', async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('dialog', { name: /^Publish/ }).waitFor();
    });
    expect.hasAssertions();
  });

  // One page for all of these: what one screen opened is closed before the next.
  it('E37: the editor with its shortcuts, its palette, and its outline', async () => {
    await check('shortcuts', async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await canvas(page).focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    });
    await check('palette', async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await canvas(page).focus();
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('option').first().waitFor();
    });
    await check('outline', async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
      await canvas(page).focus();
      await page.keyboard.press('o');
      await page.getByRole('treeitem', { name: /^Check/ }).waitFor();
      await eventually(() => isInView(page, 'Check'));
    });
    expect.hasAssertions();
  });

  it('E37: the editor while a step is moved by clicks, with the settings of the workflow, and opened safely', async () => {
    await check('move-pad', async (page) => {
      await canvas(page).focus();
      await page.keyboard.press('g');
      await page.getByRole('group', { name: 'Move by clicks' }).waitFor();
    });
    await check('workflow-settings', async (page) => {
      await page.getByRole('button', { name: 'Put it back' }).click();
      await page.getByRole('button', { name: 'Settings of the workflow' }).click();
      await page.getByRole('dialog', { name: 'Settings of the workflow' }).waitFor();
    });
    await check('safe-open', async (page) => {
      await page.goto(`/workflows/${published.workflowId}?safe=1`);
      await page.getByRole('treeitem', { name: /^Check/ }).waitFor();
    });
    expect.hasAssertions();
  });

  it.each([
    ['connections', '/connections'],
    ['variables', '/settings/variables'],
    ['apps', '/settings/apps'],
    ['connectors', '/settings/connectors'],
    ['add-connector', '/settings/connectors/add'],
    ['mail', '/settings/mail'],
    ['network', '/settings/network'],
    ['reliability', '/settings/reliability'],
    ['profile', '/settings/profile'],
    ['lost', '/nowhere'],
  ])('E37: the screen of %s', async (name, path) => {
    await check(name, async (page) => {
      await page.goto(path);
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
    });
    expect(window.faults).toEqual([]);
  });

  it('E37: the screen of update-connector', async () => {
    const { digest } = await owner.client.connectors.import({ body: { text: TEN_OPERATIONS } });
    const body = { text: TEN_OPERATIONS, title: 'Library', operations: ['GET /books'], digest };
    const { key } = await owner.client.connectors.add({ body });
    const moved = TEN_OPERATIONS.replace('api.library.example', 'eu.library.example');
    await check('update-connector', async (page) => {
      await page.goto(`/settings/connectors/${key}/update`);
      const file = { name: 'library.json', mimeType: 'application/json', buffer: Buffer.from(moved) };
      await page.getByLabel('Description file').setInputFiles(file);
      await page.getByRole('button', { name: 'Read description' }).click();
      await page.getByRole('group', { name: 'New hosts' }).waitFor();
    });
    expect(window.faults).toEqual([]);
  });
});
