import type { Locator, Page } from 'playwright-core';
import { canvas, inspector } from '../editor.ts';
import { endsOfLine, type Entry } from './ledger.ts';

/** Somebody at a page who does random things and writes down what. */
export interface RandomPerson {
  readonly who: string;
  readonly page: Page;
  readonly entries: Entry[];
  /** Does one thing. @returns in words what */
  readonly act: () => Promise<string>;
}

/** Time that one thing may take before it is given up: a card may be gone, ms. */
const PATIENCE_MS = 4000;

/** Random numbers that a seed repeats (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids of the steps that a page shows, with everything in view. */
export async function shownSteps(page: Page): Promise<readonly string[]> {
  const ids = await page
    .locator('.react-flow__node .mw-card')
    .evaluateAll((cards): string[] => cards.map((card) => card.id.replace('step-', '')));
  return ids.toSorted();
}

/** Keys of the lines that a page draws one by one: none in the overview of a large graph. */
async function shownLines(page: Page): Promise<readonly string[]> {
  const keys = await page
    .locator('.react-flow__edge')
    .evaluateAll((lines): string[] => lines.map((line) => line.getAttribute('data-id') ?? ''));
  return keys.toSorted();
}

/** Opens the label of the line that the keyboard is at, and tells which line that is. */
export async function openLabel(page: Page): Promise<{ readonly line: string; readonly field: Locator }> {
  await page.keyboard.press('Shift+L');
  const field = page.getByRole('textbox', { name: 'Label of the line' });
  await field.waitFor({ timeout: PATIENCE_MS });
  const line = await page.locator('.mw-edge-label', { has: field }).getAttribute('data-edge', { timeout: PATIENCE_MS });
  return { line: line ?? '', field };
}

/** The whole graph in view, and the keyboard on it. */
export async function overview(page: Page): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
}

/** How a person waits until all know what they did. */
export type Settle = () => Promise<void>;

/** What can be done, and how it is written down. */
interface Deed {
  readonly place: string;
  readonly value: string | null;
}

class Impossible extends Error {}

/** A person whose every act follows from the seed. */
export function createRandomPerson(
  who: string,
  page: Page,
  { seed, settle }: { readonly seed: number; readonly settle: Settle },
): RandomPerson {
  const random = randomOf(seed);
  const entries: Entry[] = [];
  let number = 0;
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Impossible('nothing to choose from');
    return one;
  };
  const text = (): string => `https://example.com/${++number} by ${who}`;
  const choose = async (isMeant: (id: string) => boolean = (id) => id !== 'hook'): Promise<string> => {
    await overview(page);
    const id = pick((await shownSteps(page)).filter(isMeant));
    await page.locator(`#step-${id} .mw-card-icon`).click({ timeout: PATIENCE_MS });
    return id;
  };
  const type = async (field: RegExp | string, value: string): Promise<void> => {
    await inspector(page).getByRole('textbox', { name: field }).fill(value, { timeout: PATIENCE_MS });
  };
  const deeds: Readonly<Record<string, () => Promise<readonly Deed[]>>> = {
    write: async () => {
      const [id, value] = [await choose(), text()];
      await type(/^Address/, value);
      return [{ place: `${id}.url`, value }];
    },
    rename: async () => {
      const [id, value] = [await choose(), `Step ${++number} by ${who}`];
      await type('Name of the step', value);
      return [{ place: `${id}.name`, value }];
    },
    label: async () => {
      await overview(page);
      const lines = await shownLines(page);
      await choose((id) => lines.some((line) => endsOfLine(line).includes(id)));
      await canvas(page).focus();
      for (let times = 1 + Math.floor(random() * 3); times > 0; times--) await page.keyboard.press('e');
      const { line, field } = await openLabel(page);
      const value = text();
      await field.fill(value, { timeout: PATIENCE_MS });
      await field.press('Enter', { timeout: PATIENCE_MS });
      await field.waitFor({ state: 'detached', timeout: PATIENCE_MS });
      return [{ place: `${line}.label`, value }];
    },
    duplicate: async () => {
      const before = await shownSteps(page);
      if (before.length > 14) throw new Impossible('enough steps');
      await choose();
      await canvas(page).focus();
      await page.keyboard.press('ControlOrMeta+d');
      const made = page.locator(`.mw-card[data-selected]${before.map((known) => `:not(#step-${known})`).join('')}`).first();
      await made.waitFor({ timeout: PATIENCE_MS });
      const id = (await made.getAttribute('id'))?.replace('step-', '') ?? '';
      return [{ place: id, value: 'there' }];
    },
    remove: async () => {
      const shown = await shownSteps(page);
      if (shown.length < 5) throw new Impossible('too few steps');
      const id = await choose();
      await canvas(page).focus();
      await page.keyboard.press('Delete');
      return [{ place: id, value: null }];
    },
    move: async () => {
      await choose();
      await canvas(page).focus();
      await page.keyboard.press('g');
      for (let times = 0; times < 3; times++)
        await page.keyboard.press(pick(['Shift+ArrowUp', 'Shift+ArrowDown', 'ArrowLeft', 'ArrowRight']));
      await page.keyboard.press('Enter');
      return [];
    },
    drag: async () => {
      const id = await choose();
      const box = await page.locator(`#step-${id}`).boundingBox();
      if (!box) throw new Impossible('the card is gone');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 30 * (random() - 0.5), y + 60 + 60 * random(), { steps: 5 });
      await page.mouse.up();
      return [];
    },
  };
  const weights = ['write', 'write', 'write', 'rename', 'rename', 'label', 'label', 'duplicate', 'remove', 'move', 'drag'];
  return {
    who,
    page,
    entries,
    act: async () => {
      const name = pick(weights);
      const fromMs = performance.now();
      const note = (made: readonly Deed[]): void => {
        const toMs = performance.now();
        for (const deed of made) entries.push({ who, ...deed, fromMs, toMs, knewMs: fromMs });
      };
      try {
        const done = await deeds[name]?.();
        await settle();
        note(done ?? []);
        return `${who} ${name}: ${(done ?? []).map(({ place, value }) => `${place} = ${value ?? 'nothing'}`).join(', ')}`;
      } catch (thrown) {
        if (!(thrown instanceof Error) || !(thrown instanceof Impossible || thrown.name === 'TimeoutError')) throw thrown;
        await page.keyboard.press('Escape');
        return `${who} ${name}: not now (${thrown.message.split('\n')[0]})`;
      }
    },
  };
}
