import type { Page } from 'playwright-core';

/** What has the keyboard. */
export interface Stop {
  /** Its name for assistive technology, as far as a label, its own text or its title gives it. */
  readonly name: string;
  readonly role: string;
  /** Whether a ring, a frame or a shadow shows that it has the keyboard. */
  readonly hasRing: boolean;
}

/** Runs in the page: the focused element, and whether people can see that it is. */
const READ_STOP = `(() => {
  const element = document.activeElement ?? document.body;
  const labels = 'labels' in element && element.labels ? [...element.labels].map((label) => label.textContent).join(' ') : '';
  const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const name = element.getAttribute('aria-label') || labels || (isField ? '' : element.textContent) || element.getAttribute('title') || '';
  const hasRing = (node, pseudo) => {
    const style = getComputedStyle(node, pseudo);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const around = [element, element.parentElement, element.parentElement?.parentElement, element.closest('.mw-code')?.parentElement].filter(Boolean);
  const highlighted = document.querySelector('[data-highlighted]');
  return {
    name: name.replaceAll(/\\s+/g, ' ').trim(),
    role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
    hasRing: around.some((node) => hasRing(node) || hasRing(node, '::after')) || highlighted === element,
  };
})()`;

/** What has the keyboard now. */
export function stopOf(page: Page): Promise<Stop> {
  return page.evaluate<Stop>(READ_STOP);
}

/** Longest way with Tab to anything on a screen. */
const MOST_TABS = 60;

/** Presses Tab (or Shift+Tab) until something with this name has the keyboard. @throws Error with the whole way when there is none */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Stop> {
  const way: string[] = [];
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    const stop = await stopOf(page);
    if (name.test(stop.name)) return stop;
    way.push(stop.name.slice(0, 40) || stop.role);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${name}: ${way.join(' | ')}`);
}

/** Waits until something with this name has the keyboard by itself. */
export async function focusComesTo(page: Page, name: RegExp): Promise<Stop> {
  const until = Date.now() + 10_000;
  for (;;) {
    const stop = await stopOf(page);
    if (name.test(stop.name)) return stop;
    if (Date.now() > until) throw new Error(`the keyboard is at "${stop.name}" (${stop.role}), not at ${name}`);
    await page.waitForTimeout(50);
  }
}

/** Presses a key until the page shows a text. @throws Error after twenty times */
export async function pressUntil(page: Page, key: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let pressed = 0; pressed < 20; pressed++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  throw new Error(`${key} led nowhere`);
}
