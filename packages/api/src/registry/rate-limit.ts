import { UserError, type Clock } from '@millwright/core';

/** What kind of cost a route has. */
export type RateClass = 'signIn' | 'read' | 'write' | 'stream' | 'probe';

/** A token bucket: `burst` at once, then `perSecond`. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** Limits per class; `signIn` counts by address and by account, the rest by person (or address while signed out). */
export const RATE_LIMITS: Readonly<Record<RateClass, RateLimit>> = {
  signIn: { burst: 20, perSecond: 0.2 },
  read: { burst: 600, perSecond: 100 },
  write: { burst: 200, perSecond: 20 },
  stream: { burst: 60, perSecond: 5 },
  probe: { burst: 200, perSecond: 50 },
};

/** Buckets that are kept at most; past it, full ones are dropped, then the oldest. */
const MAX_BUCKETS = 50_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Counts requests in memory; each process has its own. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #limits: Readonly<Record<RateClass, RateLimit>>;
  readonly #buckets = new Map<string, Bucket>();
  constructor(clock: Clock, limits: Partial<Readonly<Record<RateClass, RateLimit>>> = {}) {
    this.#clock = clock;
    this.#limits = { ...RATE_LIMITS, ...limits };
  }

  /**
   * Takes one token.
   * @throws UserError `too_many_requests` with the time until the next token
   */
  take(rateClass: RateClass, key: string): void {
    const limit = this.#limits[rateClass];
    const nowMs = this.#clock.monotonicMs();
    const name = `${rateClass} ${key}`;
    const before = this.#buckets.get(name) ?? { tokens: limit.burst, atMs: nowMs };
    const tokens = Math.min(limit.burst, before.tokens + ((nowMs - before.atMs) / 1000) * limit.perSecond);
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs });
    if (this.#buckets.size > MAX_BUCKETS) this.#forgetOldest();
    if (tokens >= 1) return;
    const afterMs = Math.ceil(((1 - tokens) / limit.perSecond) * 1000);
    throw new UserError('tooMany', {
      code: 'too_many_requests',
      message: 'Too many requests in a short time.',
      hint: `Try again in ${Math.ceil(afterMs / 1000)} s.`,
      retry: { afterMs },
    });
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** One key per caller: IPv4 inside IPv6 is unwrapped, IPv6 counts by /64. */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
