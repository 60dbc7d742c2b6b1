/**
 * A program: the load generator, in a process of its own so that its work is not counted as the product's.
 * Reads one `LoadOrder` as its argument and prints one `LoadReport`, both JSON.
 */
import { createRequire } from 'node:module';

/** What to send. */
export interface LoadOrder {
  readonly url: string;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests offered a second; absent: as many as the connections carry. */
  readonly rate?: number;
  /** Stops after so many requests. */
  readonly amount?: number;
}

/** What came back. */
export interface LoadReport {
  readonly answered: number;
  /** Anything but a 2xx, and what broke or timed out. */
  readonly errors: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that the generator used; at 0.9 and above it is the bottleneck. */
  readonly ownCpu: number;
}

interface CannonResult {
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly duration: number;
}

type Cannon = (options: object) => Promise<CannonResult>;

/** Loads a webhook as told. */
async function load(order: LoadOrder): Promise<LoadReport> {
  const autocannon = createRequire(import.meta.url)('autocannon') as Cannon;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const { url, body, connections, seconds, rate, amount } = order;
  const result = await autocannon({
    url,
    body,
    connections,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    timeout: 60,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    ...(rate === undefined ? {} : { overallRate: rate }),
  });
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return {
    answered: result['2xx'],
    errors: result.non2xx + result.errors,
    seconds: result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    ownCpu: (user + system) / 1000 / elapsedMs,
  };
}

process.stdout.write(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '{}') as LoadOrder)));
