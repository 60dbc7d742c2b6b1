import type { Page } from 'playwright-core';
import { countElements, drawn, toOverview, toWorkingZoom } from '../../../apps/web/e2e/large.ts';
import type { Ground } from './ground.ts';
import { openMeter, spentBetween, type Meter } from './meter.ts';
import { medianOf, type Measured, type WebRow } from './row.ts';

const ROUNDS = 5;
const CYCLES = 20;
/** Time after the first frame in which everything that opening causes is over, ms. */
const SETTLED_MS = 1500;

interface Opened {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function openOnce(page: Page, meter: Meter, workflowId: string): Promise<Opened> {
  await page.goto('/workflows');
  await page
    .getByRole('link', { name: /^Large/ })
    .first()
    .waitFor();
  await page.waitForTimeout(SETTLED_MS);
  const before = await meter.read();
  const start = performance.now();
  await page.goto(`/workflows/${workflowId}`, { waitUntil: 'commit' });
  await drawn(page);
  const wallMs = performance.now() - start;
  await page.waitForTimeout(SETTLED_MS);
  return { wallMs, cpuMs: spentBetween(before, await meter.read()).taskMs };
}

/** T1: opens a workflow again and again, the app's files being in the cache. */
export async function opening(ground: Ground, nodes: number): Promise<readonly (WebRow & Pick<Measured, 'isWall'>)[]> {
  const workflowId = await ground.workflow(nodes);
  const { page, context } = await ground.open();
  const meter = await openMeter(page);
  const caps = nodes <= 200 ? { wallMs: 900, cpuMs: 350 } : { wallMs: 1500, cpuMs: 600 };
  const measure = async (name: string, prepare: () => Promise<unknown>) => {
    const all: Opened[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await prepare();
      all.push(await openOnce(page, meter, workflowId));
    }
    const base = { gate: 'T1', nodes, better: 'lower' } as const;
    return [
      { ...base, metric: `open, ${name}, ms CPU of the main thread`, value: medianOf(all.map(({ cpuMs }) => cpuMs)), cap: caps.cpuMs },
      {
        ...base,
        metric: `open, ${name}, ms until drawn`,
        value: medianOf(all.map(({ wallMs }) => wallMs)),
        cap: caps.wallMs,
        isWall: true,
      },
    ];
  };
  try {
    await openOnce(page, meter, workflowId);
    const whole = await measure('all in view', () => page.evaluate('localStorage.clear()'));
    await toWorkingZoom(page, `step_${Math.floor(nodes / 2) + 12}`);
    return [...(await measure('where it was left', () => Promise.resolve())), ...whole];
  } finally {
    await context.close();
  }
}

/** T2: how much is mounted. */
export async function elements(page: Page, nodes: number): Promise<readonly WebRow[]> {
  const base = { gate: 'T2', nodes, better: 'lower' } as const;
  await toWorkingZoom(page, `step_${Math.floor(nodes / 2) + 12}`);
  const working = await countElements(page);
  await toOverview(page);
  const overview = await countElements(page);
  return [
    { ...base, metric: 'elements at working zoom', value: working, cap: 2500 },
    // In the overview each step is three elements: what is in view decides, not the cards.
    { ...base, metric: 'elements in the overview', value: overview, cap: nodes > 1000 ? nodes * 4.5 : 4500 },
  ];
}

/** T11: what opening leaves in memory. */
export async function memory(ground: Ground, nodes: number): Promise<readonly WebRow[]> {
  const workflowId = await ground.workflow(nodes);
  const { page, context } = await ground.open();
  const meter = await openMeter(page);
  const cycle = async (): Promise<void> => {
    await page.locator(`a[href="/workflows/${workflowId}"]`).first().click();
    await drawn(page);
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    await page.locator(`a[href="/workflows/${workflowId}"]`).first().waitFor();
  };
  try {
    await page.goto(`/workflows/${workflowId}`);
    await drawn(page);
    await page.waitForTimeout(SETTLED_MS);
    const opened = await meter.heapMb();
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    for (let count = 0; count < 3; count++) await cycle();
    const before = await meter.heapMb();
    for (let count = 0; count < CYCLES; count++) await cycle();
    const base = { gate: 'T11', nodes, better: 'lower' } as const;
    return [
      { ...base, metric: 'heap when open, MB', value: opened, cap: 80 },
      { ...base, metric: `heap grown after ${CYCLES} times open and close, MB`, value: (await meter.heapMb()) - before, cap: 10 },
    ];
  } finally {
    await context.close();
  }
}
