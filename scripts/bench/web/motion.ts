import type { Page } from 'playwright-core';
import { canvas } from '../../../apps/web/e2e/editor.ts';
import { rested } from '../../../apps/web/e2e/browser.ts';
import { chooseHundred, freeSpot, middleCard, toOverview, toWorkingZoom, type Spot } from '../../../apps/web/e2e/large.ts';
import type { Meter, Spent } from './meter.ts';
import { medianOf, p95Of, type WebRow } from './row.ts';

/** An opened editor and its meter. */
export interface Bench {
  readonly page: Page;
  readonly meter: Meter;
  readonly nodes: number;
}

const ROUNDS = 5;
const FRAMES = 40;
/** Frames before the counting begins: panels open, code is compiled. */
const WARM = 8;

/** A way to and fro around a spot, a few px a frame. */
function sway(spot: Spot, index: number, reach = 90): Spot {
  const turn = (index / FRAMES) * 4 * Math.PI;
  return { x: spot.x + Math.sin(turn) * reach, y: spot.y + Math.sin(turn / 2) * reach * 0.6 };
}

interface FrameCost {
  readonly medianMs: number;
  readonly p95Ms: number;
}

function costOf(rounds: readonly (readonly Spent[])[]): FrameCost {
  const tasks = rounds.map((frames) => frames.map((frame) => frame.taskMs));
  return { medianMs: medianOf(tasks.map(medianOf)), p95Ms: medianOf(tasks.map(p95Of)) };
}

/** Where a frame's time goes, for whoever looks for it. */
function shares(rounds: readonly (readonly Spent[])[]): string {
  const all = rounds.flat();
  const part = (of: (spent: Spent) => number): string => medianOf(all.map(of)).toFixed(1);
  return `script ${part((one) => one.scriptMs)}, style ${part((one) => one.styleMs)}, layout ${part((one) => one.layoutMs)}`;
}

/** Drags with the button held, and takes it back with one undo. */
async function dragFrom({ page, meter }: Bench, spot: Spot): Promise<{ readonly frames: readonly Spent[]; readonly dropMs: number }> {
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  for (let index = 0; index < WARM; index++) await page.mouse.move(spot.x + index, spot.y + index, { steps: 1 });
  await rested(page);
  const frames = await meter.frames(FRAMES, (index) => {
    const { x, y } = sway(spot, index);
    return page.mouse.move(x, y);
  });
  await page.mouse.move(spot.x + 40, spot.y + 24);
  const [drop] = await meter.frames(1, () => page.mouse.up());
  await rested(page);
  await page.keyboard.press('ControlOrMeta+z');
  await rested(page);
  return { frames, dropMs: drop?.taskMs ?? Number.NaN };
}

async function dragRounds(bench: Bench, start: () => Promise<Spot>) {
  const rounds: (readonly Spent[])[] = [];
  const drops: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { frames, dropMs } = await dragFrom(bench, await start());
    rounds.push(frames);
    drops.push(dropMs);
  }
  return { ...costOf(rounds), dropMs: medianOf(drops), shares: shares(rounds) };
}

/** Frames a second while a drag goes as fast as the page takes it. */
async function dragFps({ page }: Bench): Promise<number> {
  const spot = await middleCard(page);
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  await page.mouse.move(spot.x + 20, spot.y + 10, { steps: 4 });
  await rested(page);
  await page.evaluate(`(() => {
    window.benchFrames = 0;
    const count = () => { window.benchFrames += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count);
  })()`);
  const start = performance.now();
  for (let index = 0; performance.now() - start < 2000; index++) {
    const { x, y } = sway(spot, index % FRAMES);
    await page.mouse.move(x, y);
  }
  const frames = await page.evaluate<number>('window.benchFrames');
  const seconds = (performance.now() - start) / 1000;
  await page.mouse.up();
  await page.keyboard.press('ControlOrMeta+z');
  return frames / seconds;
}

/** Caps of frames, ms of CPU: at up to 1,000 steps those of editor.md, above it a frame's worth. */
function frameCap(nodes: number, cap: number): number {
  return nodes > 1000 ? Math.max(cap, 14) : cap;
}

/** T3: one step is dragged at working zoom. */
export async function dragOne(bench: Bench, say: (text: string) => void): Promise<readonly WebRow[]> {
  const { page, nodes } = bench;
  await toWorkingZoom(page, `step_${Math.floor(nodes / 2) + 12}`);
  const { medianMs, p95Ms, dropMs, shares: where } = await dragRounds(bench, () => middleCard(page));
  say(`  T3 ${nodes}: ${where}`);
  const base = { gate: 'T3', nodes, better: 'lower' } as const;
  return [
    { ...base, metric: 'drag one, ms CPU a frame, median', value: medianMs, cap: frameCap(nodes, 10) },
    { ...base, metric: 'drag one, ms CPU a frame, 95 of 100', value: p95Ms, cap: 16 },
    { ...base, metric: 'drop of one, ms CPU', value: dropMs, cap: 50 },
    { ...base, metric: 'drag one, frames a second', value: await dragFps(bench), cap: 50, better: 'higher' },
  ];
}

async function panRounds({ page, meter }: Bench) {
  const rounds: (readonly Spent[])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const spot = await freeSpot(page);
    await page.mouse.move(spot.x, spot.y);
    await page.mouse.down();
    await page.mouse.move(spot.x + 4, spot.y + 4, { steps: 3 });
    rounds.push(
      await meter.frames(FRAMES, (index) => {
        const { x, y } = sway(spot, index, 240);
        return page.mouse.move(x, y);
      }),
    );
    await page.mouse.move(spot.x, spot.y);
    await page.mouse.up();
    await rested(page);
  }
  return { ...costOf(rounds), shares: shares(rounds) };
}

async function zoomRounds({ page, meter }: Bench) {
  const rounds: (readonly Spent[])[] = [];
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('no canvas');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await meter.frames(FRAMES, (index) => page.mouse.wheel(0, Math.floor(index / 10) % 2 === 0 ? 12 : -12)));
    await rested(page);
  }
  await page.keyboard.up('Control');
  return { ...costOf(rounds), shares: shares(rounds) };
}

/** T4: pan and zoom at working zoom and in the overview. */
export async function panAndZoom(bench: Bench, say: (text: string) => void): Promise<readonly WebRow[]> {
  const { page, nodes } = bench;
  const rows: WebRow[] = [];
  const places = [
    { name: 'working zoom', cap: 12, go: () => toWorkingZoom(page, `step_${Math.floor(nodes / 2) + 12}`) },
    { name: 'overview', cap: 18, go: () => toOverview(page) },
  ];
  for (const { name, cap, go } of places) {
    for (const [act, rounds] of [
      ['pan', panRounds],
      ['zoom', zoomRounds],
    ] as const) {
      await go();
      const { medianMs, shares: where } = await rounds(bench);
      say(`  T4 ${nodes} ${act}, ${name}: ${where}`);
      rows.push({
        gate: 'T4',
        nodes,
        metric: `${act}, ${name}, ms CPU a frame`,
        value: medianMs,
        cap: cap === 12 ? frameCap(nodes, cap) : cap,
        better: 'lower',
      });
    }
  }
  return rows;
}

/** T5: a hundred chosen steps are dragged, with all of them in view and at working zoom. */
export async function dragHundred(bench: Bench, say: (text: string) => void): Promise<readonly WebRow[]> {
  const { page, nodes } = bench;
  const rows: WebRow[] = [];
  const base = { gate: 'T5', nodes, better: 'lower' } as const;
  await toOverview(page);
  await chooseHundred(page);
  for (const [name, keys] of [
    ['all in view', ['2']],
    ['working zoom', ['0']],
  ] as const) {
    for (const key of keys) {
      await page.keyboard.press(key);
      await rested(page);
    }
    const { medianMs, dropMs, shares: where } = await dragRounds(bench, () => middleCard(page, '.selected'));
    say(`  T5 ${nodes} ${name}: ${where}`);
    rows.push({ ...base, metric: `drag 100, ${name}, ms CPU a frame`, value: medianMs, cap: 25 });
    rows.push({ ...base, metric: `drop of 100, ${name}, ms CPU`, value: dropMs, cap: 150 });
  }
  return rows;
}
