import type { ResolvedEndpoint } from '@millwright/gateway';
import { beforeEach, describe, expect, it } from 'vitest';
import { EndpointCache } from './endpoint-cache.ts';

const version = (n: number): ResolvedEndpoint => ({ versionId: `wfv_${n}` }) as unknown as ResolvedEndpoint;

let loads = 0;
let isListening = true;
let nowMs = 0;
let change = (): void => undefined;
let cache: EndpointCache;
let load: () => Promise<ResolvedEndpoint | null>;

beforeEach(() => {
  [loads, isListening, nowMs] = [0, true, 0];
  load = async () => version(++loads);
  const listen = (_channel: string, onMessage: (payload: string) => void): (() => void) => {
    change = () => onMessage('');
    return () => undefined;
  };
  cache = new EndpointCache({ db: { listen, isListening: () => isListening }, load: () => load(), monotonicMs: () => nowMs });
});

describe('an endpoint in memory', () => {
  it('is read once until something changes', async () => {
    expect(await cache.resolve('a')).toBe(await cache.resolve('a'));
    change();
    expect(await cache.resolve('a')).toEqual(version(2));
  });

  it('is not kept when it was read before a change that came meanwhile', async () => {
    load = async () => {
      if (++loads === 1) change();
      return version(loads);
    };
    await cache.resolve('a');
    expect(await cache.resolve('a')).toEqual(version(2));
  });

  it('is not trusted while changes are not heard, nor for long', async () => {
    await cache.resolve('a');
    isListening = false;
    expect(await cache.resolve('a')).toEqual(version(2));
    isListening = true;
    nowMs = 5_000;
    expect(await cache.resolve('a')).toEqual(version(3));
  });

  it('is never kept as missing', async () => {
    load = async () => (++loads === 1 ? null : version(loads));
    expect(await cache.resolve('a')).toBeNull();
    expect(await cache.resolve('a')).toEqual(version(2));
  });
});
