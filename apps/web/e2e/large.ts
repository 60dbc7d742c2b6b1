import type { Page } from 'playwright-core';
import { largeDocument, type SignedIn } from '@millwright/testing';
import { rested } from './browser.ts';
import { canvas } from './editor.ts';

/** A point in the window, px. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Stores a workflow of so many steps over the API. @returns its id */
export async function putLarge({ client }: SignedIn, count: number): Promise<string> {
  const name = `Large ${count}`;
  const { id: workflowId } = await client.workflows.create({ body: { name } });
  const { revision } = await client.drafts.get({ workflowId });
  await client.drafts.put({ workflowId, revision, body: largeDocument(name, count) });
  return workflowId;
}

/** Waits until steps are drawn on the canvas. */
export async function drawn(page: Page): Promise<void> {
  // By class: a search by role over a thousand cards would cost more than drawing them.
  await page.locator('.react-flow__node').first().waitFor();
  await nextFrame(page);
}

/** Waits for the next frame. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve(null)))');
}

/** Shows the whole graph: every step is a block. */
export async function toOverview(page: Page): Promise<void> {
  await canvas(page).focus();
  await page.keyboard.press('1');
  await rested(page);
}

/** Looks at one step at 100 %, with what is around it; nothing is chosen. @param around id of the step */
export async function toWorkingZoom(page: Page, around: string): Promise<void> {
  await toOverview(page);
  // The rectangle around what a marquee chose would take the click.
  await page.keyboard.press('Escape');
  const card = await middleCard(page, `[data-id="${around}"]`);
  await page.mouse.click(card.x, card.y);
  await page.keyboard.press('2');
  await rested(page);
  await page.keyboard.press('0');
  await rested(page);
  await page.keyboard.press('Escape');
  await rested(page);
}

/** Elements of the whole page. */
export function countElements(page: Page): Promise<number> {
  return page.evaluate<number>(`document.querySelectorAll('*').length`);
}

/** Cards that are chosen, of those that are mounted. */
export function countChosen(page: Page): Promise<number> {
  return page.evaluate<number>(`document.querySelectorAll('.react-flow__node.selected').length`);
}

/** A free place on the canvas, near its middle: nothing but the pane is there. */
export async function freeSpot(page: Page): Promise<Spot> {
  const spot = await page.evaluate<Spot | null>(`(() => {
    const box = document.querySelector('[data-canvas]').getBoundingClientRect();
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (let far = 0; far < 300; far += 6)
      for (const [dx, dy] of [[0, far], [far, 0], [0, -far], [-far, 0], [far, far], [-far, -far]])
        if (document.elementFromPoint(middle.x + dx, middle.y + dy)?.classList.contains('react-flow__pane'))
          return { x: middle.x + dx, y: middle.y + dy };
    return null;
  })()`);
  if (!spot) throw new Error('no free place on the canvas');
  return spot;
}

/** The middle of the card that is nearest to the middle of the canvas. @param filter selector that its node fits */
export async function middleCard(page: Page, filter = '*'): Promise<Spot & { readonly nodeId: string }> {
  const spot = await page.evaluate<(Spot & { readonly nodeId: string }) | null>(`(() => {
    const box = document.querySelector('[data-canvas]').getBoundingClientRect();
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const cards = [...document.querySelectorAll('.react-flow__node')].filter((node) => node.matches(${JSON.stringify(filter)}));
    const found = cards.map((node) => {
      const card = node.getBoundingClientRect();
      return { nodeId: node.dataset.id, x: card.x + card.width / 2, y: card.y + card.height / 2 };
    });
    const far = (at) => Math.hypot(at.x - middle.x, at.y - middle.y);
    return found.sort((a, b) => far(a) - far(b))[0] ?? null;
  })()`);
  if (!spot) throw new Error(`no card fits ${filter}`);
  return spot;
}

/** In the overview, chooses ten by ten steps in the middle with the marquee. */
export async function chooseHundred(page: Page): Promise<void> {
  const { from, to } = await page.evaluate<{ readonly from: Spot; readonly to: Spot }>(`(() => {
    const rects = [...document.querySelectorAll('.react-flow__node')].map((node) => node.getBoundingClientRect());
    const axis = (of) => rects.map(of).sort((a, b) => a - b).filter((at, index, all) => index === 0 || at - all[index - 1] > 3);
    const xs = axis((rect) => rect.x);
    const ys = axis((rect) => rect.y);
    const first = (list) => Math.floor(list.length / 2) - 5;
    const { width, height } = rects[0];
    const [left, top] = [first(xs), first(ys)];
    return { from: { x: xs[left] - 3, y: ys[top] - 2 }, to: { x: xs[left + 9] + width, y: ys[top + 9] + height } };
  })()`);
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}
