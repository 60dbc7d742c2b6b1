import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { publishSketch, type Published } from '@millwright/testing';
import { shoot, type View, type Window } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, fill, inspector, saved, step } from './editor.ts';
import { findings } from './findings.ts';

let desk: Desk;
let workflow: Published;

beforeAll(async () => {
  desk = await openDesk();
  workflow = await publishSketch(desk.owner, 'Leads', {
    nodes: [
      ['Form', 'core.webhook', { answer: 'now' }],
      ['Call', 'http.request', { url: 'https://example.com/first' }],
    ],
    edges: ['Form -> Call'],
  });
});
afterAll(() => desk?.close());

/** Opens a window, does something there, closes it. */
async function inWindow(view: View, act: (window: Window) => Promise<void>): Promise<void> {
  const window = await desk.open(view);
  try {
    await act(window);
  } finally {
    await window.context.close();
  }
}

async function openEditor(page: Page, search = ''): Promise<void> {
  await page.goto(`/workflows/${workflow.workflowId}${search}`);
}

/** Makes what a pane needs of the browser fail while `window.broken` is its name. Runs in the page before the app. */
const BREAK = `
  window.broken = '';
  const breakFor = (pane, object, name, isMeant) => {
    const real = object[name];
    object[name] = function (...given) {
      if (window.broken === pane && isMeant(this, given)) throw new TypeError('broken for the test');
      return Reflect.apply(real, this, given);
    };
  };
  breakFor('outline', Array.prototype, 'toReversed', () => true);
  const Observer = window.ResizeObserver;
  window.ResizeObserver = class extends Observer {
    constructor(...given) {
      if (window.broken === 'canvas') throw new TypeError('broken for the test');
      super(...given);
    }
  };
`;
const breaks = (page: Page, pane: string) => page.evaluate(`window.broken = '${pane}'`);

describe('a pane that throws', () => {
  it('says so, leaves its neighbours working, and works again with "Try again"', async () => {
    await inWindow({}, async ({ page }) => {
      await page.addInitScript(BREAK);
      await openEditor(page);
      await step(page, 'Call').click();
      await inspector(page).waitFor();
      await canvas(page).focus();
      await breaks(page, 'outline');
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'This panel stopped working' }).waitFor();
      await shoot(page, 'pane-failed');
      await fill(page, /^Address/, 'https://example.com/second');
      await saved(page);
      await breaks(page, '');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('tree', { name: /^Outline/ }).waitFor();
      const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
      expect(document.nodes.find((node) => node.id === 'Call')?.parameters['url']).toBe('https://example.com/second');
    });
  });

  it('leads to the safe way to open: outline and content without the canvas, to be copied and kept', async () => {
    await inWindow({}, async ({ page }) => {
      await page.addInitScript(BREAK.replace("window.broken = ''", "window.broken = location.search.includes('safe') ? '' : 'canvas'"));
      await openEditor(page);
      await page.getByRole('heading', { name: 'The canvas stopped working' }).waitFor();
      await page.getByRole('link', { name: 'Safe open' }).click();
      await page.waitForURL(/\?safe=1$/);
      await page.getByRole('treeitem', { name: /^Call, HTTP request/ }).waitFor();
      expect(await page.getByRole('application').count()).toBe(0);
      const text = await page.getByRole('textbox', { name: 'Content of the draft' }).inputValue();
      const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
      expect(JSON.parse(text)).toEqual(document);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
      expect(file.suggestedFilename()).toBe('Leads.json');
      expect(await findings(page)).toEqual([]);
      await shoot(page, 'safe-open');
    });
  });
});

describe('a page that is older than the server', () => {
  /** Lets a part of the app be gone, and the server give another build's first page. */
  async function upgrade(
    page: Page,
    isStillGone: () => boolean,
    part = /\/assets\/connections-page-[^/]+\.js$/,
  ): Promise<{ readonly loads: () => number }> {
    let loads = 0;
    page.on('load', () => loads++);
    await page.route(part, (route) => (isStillGone() ? route.fulfill({ status: 404, body: '' }) : route.continue()));
    await page.route(
      (url) => url.pathname === '/',
      async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace(/src="\/assets\/index-[^"]+"/, 'src="/assets/index-newer.js"');
        await route.fulfill({ response: answer, body });
      },
    );
    return { loads: () => loads };
  }

  it('is loaded anew by itself when the part that it goes to is gone', async () => {
    await inWindow({}, async ({ page }) => {
      await page.goto('/workflows');
      let isGone = true;
      page.on('framenavigated', () => (isGone = page.url().endsWith('/workflows')));
      const { loads } = await upgrade(page, () => isGone);
      await page.getByRole('link', { name: 'Connections' }).first().click();
      await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
      expect(loads()).toBeLessThanOrEqual(1);
    });
  });

  it('is loaded anew once, not for ever: then it says in words that there is a new version', async () => {
    await inWindow({}, async ({ page }) => {
      await page.goto('/workflows');
      const { loads } = await upgrade(page, () => true);
      await page.getByRole('link', { name: 'Connections' }).first().click();
      await page.waitForLoadState('load');
      await page.getByRole('heading', { name: 'There is a new version of Millwright' }).waitFor();
      await page.getByRole('button', { name: 'Reload the page' }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(loads()).toBe(1);
      await shoot(page, 'new-version');
    });
  });

  it('says so beside the canvas when a part of the editor is gone, loads nothing anew by itself, and goes on', async () => {
    await inWindow({}, async ({ page }) => {
      let isGone = true;
      const { loads } = await upgrade(page, () => isGone, /\/assets\/command-palette-[^/]+\.js$/);
      await openEditor(page);
      await canvas(page).focus();
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('heading', { name: 'There is a new version of Millwright' }).waitFor();
      expect(await page.getByRole('button', { name: 'Reload the page' }).isVisible()).toBe(true);
      expect(await findings(page)).toEqual([]);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        // Colours change by a transition.
        await expect.poll(() => page.evaluate('document.getAnimations().length')).toBe(0);
        await shoot(page, `new-version-part-${colorScheme}`);
      }
      await step(page, 'Call').click();
      await fill(page, /^Address/, 'https://example.com/third');
      await saved(page);
      expect(loads()).toBe(1);
      isGone = false;
      await page.getByRole('listbox', { name: 'Find an action or a step' }).waitFor();
      expect(await page.getByRole('heading', { name: 'There is a new version of Millwright' }).count()).toBe(0);
    });
  });

  it('waits for no part of the editor that was closed meanwhile', async () => {
    await inWindow({}, async ({ page }) => {
      await upgrade(page, () => true, /\/assets\/inspector-[^/]+\.js$/);
      await openEditor(page);
      await step(page, 'Call').click();
      const words = page.getByRole('heading', { name: 'There is a new version of Millwright' });
      await words.waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => words.count()).toBe(0);
    });
  });
});

describe('a page without a network', () => {
  it("stays and says so when a part of the app cannot be fetched: it is not exchanged for the browser's own error page", async () => {
    await inWindow({}, async ({ page, context }) => {
      await page.goto('/workflows');
      await page.getByRole('link', { name: 'Leads' }).waitFor();
      await context.setOffline(true);
      await page.getByRole('link', { name: 'Connections' }).first().click();
      await page.getByText('The server cannot be reached', { exact: false }).first().waitFor();
      await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Workflows' }).click();
      await page.getByRole('link', { name: 'Leads' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/workflows');
    });
  });
});

describe('a session that is about to end', () => {
  it('is told two minutes before, and one click keeps it', async () => {
    await inWindow({}, async ({ page }) => {
      let isFirst = true;
      await page.route(/\/api\/v1\/session$/, async (route) => {
        const answer = await route.fetch();
        const session = (await answer.json()) as Readonly<Record<string, unknown>>;
        const expiresAt = isFirst ? new Date(Date.now() + 100_000).toISOString() : session['expiresAt'];
        isFirst = false;
        await route.fulfill({ response: answer, json: { ...session, expiresAt } });
      });
      await openEditor(page);
      const dialog = page.getByRole('dialog', { name: 'Your session is about to end' });
      await dialog.waitFor();
      expect(await findings(page)).toEqual([]);
      await shoot(page, 'session-end');
      await dialog.getByRole('button', { name: 'Stay signed in' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('You stay signed in.').waitFor();
      await step(page, 'Call').waitFor();
    });
  });
});

describe('a narrow window', () => {
  it('E40: in German, dark and 390 px wide, list and run can be used, and the editor is there to read', async () => {
    const answer = await fetch(workflow.url, { method: 'POST' });
    const runId = answer.headers.get('x-millwright-run') ?? '';
    await inWindow({ theme: 'dark', language: 'de-DE', width: 390 }, async ({ page, faults }) => {
      for (const [path, ready] of [
        ['/workflows', page.getByRole('link', { name: 'Leads' })],
        ['/runs', page.locator(`a[href="/runs/${runId}"]`).first()],
        [`/runs/${runId}`, page.getByRole('group', { name: /^Form/ })],
        [`/workflows/${workflow.workflowId}`, page.getByText('Zum Bearbeiten brauchen Sie einen größeren Bildschirm', { exact: false })],
      ] as const) {
        await page.goto(path);
        await ready.waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} scrolls sideways`).toBeLessThanOrEqual(390);
        expect(await page.locator('body').innerText(), `${path} shows keys of texts`).not.toMatch(/\b[a-z]+\.[a-z]+[A-Z]\w*\b/);
        const clipped = await page
          .getByRole('button')
          .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
        expect(clipped, `${path} clips buttons`).toEqual([]);
      }
      await shoot(page, 'narrow-editor');
      await page.getByRole('application', { name: /^Workflow-Graph/ }).focus();
      await page.keyboard.press('/');
      expect(await page.getByRole('combobox').count()).toBe(0);
      await page.keyboard.press('o');
      await page.getByRole('treeitem', { name: /^Call/ }).click();
      expect(await page.getByRole('textbox', { name: 'Name des Schritts' }).getAttribute('readonly')).not.toBeNull();
      expect(faults).toEqual([]);
    });
  });
});
