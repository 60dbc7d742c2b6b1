import { ConnectorError, type Clock } from '@millwright/core';
import { durationMs, type LimitSpec, type ServiceAnswer } from '@millwright/node-sdk';
import { readPath } from '../request/paths.ts';
import { Bucket } from './bucket.ts';
import { Slots } from './slots.ts';

/** Waits; resolves early when the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** One limit with the name of who shares it. */
export interface KeyedLimit {
  readonly key: string;
  readonly spec: LimitSpec;
}

/** A request that was let through. */
export interface Pass {
  /** The answer is here: limits that it tells are kept. */
  readonly learn: (answer: ServiceAnswer) => void;
  /** The request is over, however it ended. To be called once. */
  readonly release: () => void;
}

/** How long a request may wait for its turn. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly longestMs: number;
}

/** Buckets that are kept; the oldest leave first, and count from full when they come again. */
const MAX_KEYS = 10_000;

/** Requests of this process by the limits that connectors declare. A process does not know of another's: the service's own 429 does. */
export class Limiter {
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  readonly #buckets = new Map<string, Bucket>();
  readonly #slots = new Map<string, Slots>();

  constructor(clock: Clock, sleep: Sleep) {
    this.#clock = clock;
    this.#sleep = sleep;
  }

  /**
   * Waits until all limits let a request through; first come, first served.
   * @throws ConnectorError `rate`, code `limit_reached`, `details.sent: false`, when that would take too long
   */
  async enter(limits: readonly KeyedLimit[], patience: Patience): Promise<Pass> {
    const slots = limits.flatMap(({ key, spec }) => (spec.kind === 'concurrency' ? [this.#slotsOf(key, spec.requests)] : []));
    const taken: Slots[] = [];
    try {
      for (const one of slots) {
        await this.#enterOne(one, patience);
        taken.push(one);
      }
      await this.#spend(limits, patience);
    } catch (thrown) {
      for (const one of taken) one.leave();
      throw thrown;
    }
    return {
      learn: (answer) => this.#learn(limits, answer),
      release: () => {
        for (const one of taken.splice(0)) one.leave();
      },
    };
  }

  /** The service said that nothing may go for a time. */
  close(limits: readonly KeyedLimit[], forMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { key, spec } of limits) if (spec.kind !== 'concurrency') this.#bucketOf(key, spec).closeUntil(nowMs + forMs);
  }

  async #enterOne(slots: Slots, { signal, longestMs }: Patience): Promise<void> {
    if (slots.tryTake()) return;
    const isOver = new AbortController();
    const isMine = await slots.take(this.#sleep(longestMs, AbortSignal.any([signal, isOver.signal])));
    isOver.abort();
    if (!isMine) throw limitReached(1000);
  }

  /** Takes what the request costs now, and waits until it is there: so nobody who comes later goes before. */
  async #spend(limits: readonly KeyedLimit[], { signal, longestMs }: Patience): Promise<void> {
    const costs = limits.flatMap(({ key, spec }) =>
      spec.kind === 'concurrency' ? [] : [{ bucket: this.#bucketOf(key, spec), amount: costOf(spec) }],
    );
    const nowMs = this.#clock.monotonicMs();
    const waitMs = Math.max(0, ...costs.map(({ bucket, amount }) => bucket.waitMs(amount, nowMs)));
    if (waitMs > longestMs) throw limitReached(waitMs);
    for (const { bucket, amount } of costs) bucket.take(amount, nowMs);
    if (waitMs === 0) return;
    await this.#sleep(waitMs, signal);
    if (!signal.aborted) return;
    for (const { bucket, amount } of costs) bucket.take(-amount, this.#clock.monotonicMs());
    throw limitReached(waitMs);
  }

  #learn(limits: readonly KeyedLimit[], answer: ServiceAnswer): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { key, spec } of limits) {
      if (spec.kind === 'cost') {
        const bucket = this.#bucketOf(key, spec);
        const spent = spec.spent === undefined ? undefined : readPath(answer, spec.spent);
        if (typeof spent === 'number') bucket.take(spent - spec.estimate, nowMs);
        const left = spec.left === undefined ? undefined : readPath(answer, spec.left);
        if (typeof left === 'number') bucket.learn(left, nowMs);
      } else if (spec.kind === 'learned' && answer.header[spec.remaining.toLowerCase()] === '0') {
        const waitMs = untilReset(answer.header[spec.reset.toLowerCase()], spec.resetIs ?? 'epochSeconds', this.#clock.nowMs());
        if (waitMs !== null) this.#bucketOf(key, spec).closeUntil(nowMs + waitMs);
      }
    }
  }

  #bucketOf(key: string, spec: Exclude<LimitSpec, { kind: 'concurrency' }>): Bucket {
    return kept(this.#buckets, key, () => {
      const nowMs = this.#clock.monotonicMs();
      if (spec.kind === 'learned') return new Bucket(1, 1, nowMs);
      return new Bucket(spec.kind === 'cost' ? spec.points : spec.requests, durationMs(spec.every), nowMs);
    });
  }

  #slotsOf(key: string, count: number): Slots {
    return kept(this.#slots, key, () => new Slots(count));
  }
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  const [oldest] = map.keys();
  if (map.size > MAX_KEYS && oldest !== undefined) map.delete(oldest);
  return made;
}

function costOf(spec: Exclude<LimitSpec, { kind: 'concurrency' }>): number {
  return spec.kind === 'cost' ? spec.estimate : spec.kind === 'window' ? 1 : 0;
}

function untilReset(said: string | undefined, is: 'epochSeconds' | 'epochMs' | 'seconds' | 'date', nowMs: number): number | null {
  const value = is === 'date' ? Date.parse(said ?? '') : Number(said?.trim() === '' ? Number.NaN : said);
  if (Number.isNaN(value)) return null;
  return Math.max(0, is === 'seconds' ? value * 1000 : is === 'epochSeconds' ? value * 1000 - nowMs : value - nowMs);
}

function limitReached(waitMs: number): ConnectorError {
  return new ConnectorError('rate', {
    code: 'limit_reached',
    message: `the service takes no more requests for ${Math.ceil(waitMs / 1000)} s`,
    hint: 'Nothing was sent. It goes on when retries are on; fewer items at a time help too.',
    retry: { afterMs: Math.ceil(waitMs) },
    details: { sent: false },
  });
}
