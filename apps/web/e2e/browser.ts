import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_SWITCHES, findChromium, ROOT, type Product, type SignedIn } from '@millwright/testing';

/** Where screenshots go; ignored by git. */
const SHOTS = path.join(ROOT, 'test-results/screenshots');

/** A real, headless Chromium. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium is installed; set MILLWRIGHT_CHROMIUM to one');
  return chromium.launch({ executablePath, args: [...CHROMIUM_SWITCHES] });
}

/** How a test looks at the product. */
export interface View {
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en-US' | 'de-DE';
  readonly width?: number;
  /** Default 900. */
  readonly height?: number;
  /** The system's own few colours, as Windows' contrast themes have them. */
  readonly hasForcedColors?: boolean;
}

/**
 * How many times slower than this machine every page computes; for looking for tests that only hold on a fast one
 * (README.md of the app). Read here alone.
 */
const SLOWED = Number(process.env['MILLWRIGHT_BROWSER_SLOWED'] ?? 1);

/** Takes most of the processor away from a page, if that is asked for. */
async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  if (SLOWED <= 1) return;
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
}

/** The one complaint that a browser may print: who is not signed in yet is told so by the server. */
const NOT_SIGNED_IN = /status of 401/;

/** A person's browser window. Errors of the page and on its console fail the test that reads `faults`. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: readonly string[];
}

/** Opens a window on the product. */
export async function openWindow(browser: Browser, baseURL: string, view: View = {}): Promise<Window> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: view.width ?? 1440, height: view.height ?? 900 },
    colorScheme: view.theme ?? 'light',
    forcedColors: view.hasForcedColors === true ? 'active' : 'none',
    locale: view.language ?? 'en-US',
  });
  const page = await context.newPage();
  await slowDown(context, page);
  // A page that closes at once needs no slowing down.
  context.on('page', (another) => void slowDown(context, another).catch(() => undefined));
  page.setDefaultTimeout(40_000);
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !NOT_SIGNED_IN.test(message.text())) faults.push(message.text());
  });
  return { context, page, faults };
}

/** Gives a window the session of somebody who signed in over the API. */
export async function takeSession({ context }: Window, product: Pick<Product, 'url'>, { cookie }: SignedIn): Promise<void> {
  const pairs = cookie.split('; ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  await context.addCookies(pairs.map(([name, value]) => ({ name, value, url: product.url })));
}

/** Writes a screenshot for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

/** Waits until the camera stands still. */
export async function rested(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    let last = '';
    let still = 0;
    const look = () => {
      const now = document.querySelector('.react-flow__viewport')?.style.transform ?? '';
      still = now === last ? still + 1 : 0;
      last = now;
      if (still > 20) resolve(null);
      else requestAnimationFrame(look);
    };
    look();
  })`);
}
