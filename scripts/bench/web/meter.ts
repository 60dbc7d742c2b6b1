import type { CDPSession, Page } from 'playwright-core';
import { nextFrame } from '../../../apps/web/e2e/large.ts';

/** What a page's main thread has spent so far, ms of CPU. */
export interface Spent {
  readonly taskMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
  readonly styleMs: number;
}

/** Reads what a page costs. */
export interface Meter {
  readonly read: () => Promise<Spent>;
  /** Live heap after a collection, MB. */
  readonly heapMb: () => Promise<number>;
  /** What a row of frames cost, one act in each. */
  readonly frames: (count: number, act: (index: number) => Promise<void>) => Promise<readonly Spent[]>;
  readonly close: () => Promise<void>;
}

const NAMES = { taskMs: 'TaskDuration', scriptMs: 'ScriptDuration', layoutMs: 'LayoutDuration', styleMs: 'RecalcStyleDuration' } as const;

async function readSpent(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return { taskMs: of(NAMES.taskMs), scriptMs: of(NAMES.scriptMs), layoutMs: of(NAMES.layoutMs), styleMs: of(NAMES.styleMs) };
}

/** What was spent between two readings. */
export function spentBetween(before: Spent, after: Spent): Spent {
  return {
    taskMs: after.taskMs - before.taskMs,
    scriptMs: after.scriptMs - before.scriptMs,
    layoutMs: after.layoutMs - before.layoutMs,
    styleMs: after.styleMs - before.styleMs,
  };
}

/** Opens a meter on a page: CPU by thread ticks, so that other work on the machine counts little. */
export async function openMeter(page: Page): Promise<Meter> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    read: () => readSpent(session),
    heapMb: async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return usedSize / 1024 ** 2;
    },
    frames: async (count, act) => {
      const spent: Spent[] = [];
      let before = await readSpent(session);
      for (let index = 0; index < count; index++) {
        await act(index);
        await nextFrame(page);
        const after = await readSpent(session);
        spent.push(spentBetween(before, after));
        before = after;
      }
      return spent;
    },
    close: () => session.detach(),
  };
}
