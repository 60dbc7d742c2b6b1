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
  page.setDefaultTimeout(20_000);
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
