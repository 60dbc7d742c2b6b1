/**
 * A program: offers more than can be taken, and keeps the times of what was accepted apart from those of what was refused.
 * Reads one `OverloadOrder` as its argument and prints one `OverloadReport`, both JSON.
 */
import { createRequire } from 'node:module';

/** What to offer. */
export interface OverloadOrder {
  readonly url: string;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests offered a second. */
  readonly rate: number;
}

/** What came back. */
export interface OverloadReport {
  readonly accepted: number;
  /** Answered with 429. */
  readonly refused: number;
  /** Any other answer, by status. */
  readonly others: Readonly<Record<string, number>>;
  /** Requests without an answer. */
  readonly broken: number;
  readonly acceptedP50Ms: number;
  readonly acceptedP99Ms: number;
  readonly acceptedMaxMs: number;
  /** Share of one core that the generator used. */
  readonly ownCpu: number;
}

interface Cannon {
  readonly on: (
    event: 'response',
    heard: (...about: readonly [client: unknown, status: number, bytes: number, ms: number]) => void,
  ) => void;
  readonly then: Promise<{ readonly errors: number }>['then'];
}

function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

async function overload({ url, body, connections, seconds, rate }: OverloadOrder): Promise<OverloadReport> {
  const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Cannon;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const took: number[] = [];
  const counts = new Map<number, number>();
  const headers = { 'content-type': 'application/json' };
  const cannon = autocannon({ url, body, connections, method: 'POST', headers, timeout: 60, duration: seconds, overallRate: rate });
  cannon.on('response', (...[, status, , ms]) => {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (status === 202) took.push(ms);
  });
  const { errors } = await cannon;
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = took.toSorted((a, b) => a - b);
  return {
    accepted: counts.get(202) ?? 0,
    refused: counts.get(429) ?? 0,
    others: Object.fromEntries([...counts].filter(([status]) => status !== 202 && status !== 429)),
    broken: errors,
    acceptedP50Ms: percentile(sorted, 0.5),
    acceptedP99Ms: percentile(sorted, 0.99),
    acceptedMaxMs: Math.round(sorted.at(-1) ?? 0),
    ownCpu: (user + system) / 1000 / elapsedMs,
  };
}

process.stdout.write(JSON.stringify(await overload(JSON.parse(process.argv[2] ?? '{}') as OverloadOrder)));
