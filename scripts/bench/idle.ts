import { setTimeout as sleep } from 'node:timers/promises';
import { cpuTimes, residentMb } from './processes.ts';
import type { Stand } from './stand.ts';

/** Start-up is over by then: the first collections, the caches' first reads. */
const SETTLE_MS = 30_000;
const WATCH_MS = 20_000;

/** What an install costs that nobody uses, as a line of text. */
export async function measureIdle(stand: Stand): Promise<string> {
  await sleep(SETTLE_MS);
  const before = cpuTimes(stand.roots);
  await sleep(WATCH_MS);
  const after = cpuTimes(stand.roots);
  const share = (part: keyof typeof before): string => `${(((after[part] - before[part]) / WATCH_MS) * 100).toFixed(1)} %`;
  return `idle: ${Math.round(residentMb(stand.roots))} MiB over all processes, shared memory once; of a core: node ${share('node')}, temporal ${share('temporal')}, postgres ${share('postgres')}`;
}
