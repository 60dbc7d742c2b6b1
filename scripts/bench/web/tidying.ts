import { canvas } from '../../../apps/web/e2e/editor.ts';
import { rested } from '../../../apps/web/e2e/browser.ts';
import { drawn } from '../../../apps/web/e2e/large.ts';
import type { Ground } from './ground.ts';
import { medianOf, type Measured, type WebRow } from './row.ts';

const ROUNDS = 3;
/** How long one arrangement may take until it is given up, ms. */
const PATIENCE_MS = 60_000;

/** Notes the longest task of the main thread from now on. */
const WATCH_TASKS = `(() => {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration);
  }).observe({ type: 'longtask' });
})()`;

/** T10: everything is put in order, in a worker. Both figures are of the clock: they hold on a quiet machine only. */
export async function tidying(ground: Ground, nodes: number): Promise<readonly (WebRow & Pick<Measured, 'isWall'>)[]> {
  const workflowId = await ground.workflow(nodes);
  const took: number[] = [];
  const longest: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { page, context } = await ground.open();
    try {
      await page.goto(`/workflows/${workflowId}`);
      await drawn(page);
      await rested(page);
      await canvas(page).focus();
      await page.evaluate(WATCH_TASKS);
      const start = performance.now();
      await page.keyboard.press('Shift+T');
      await page.locator('button[aria-label^="Undo"]:enabled').waitFor({ timeout: PATIENCE_MS });
      took.push(performance.now() - start);
      await rested(page);
      longest.push(await page.evaluate<number>('window.longestTask'));
      // What was arranged must not be there the next time.
      await page.keyboard.press('ControlOrMeta+z');
      await page.locator('[data-save="saved"]').waitFor({ timeout: PATIENCE_MS });
    } finally {
      await context.close();
    }
  }
  const base = { gate: 'T10', nodes, better: 'lower', isWall: true } as const;
  return [
    { ...base, metric: 'tidy, ms', value: medianOf(took), cap: nodes <= 200 ? 1000 : 4000 },
    { ...base, metric: 'longest task of the main thread meanwhile, ms', value: medianOf(longest), cap: 50 },
  ];
}
