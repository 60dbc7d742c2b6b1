import { describe, expect, it } from 'vitest';
import { isEnded, isLegalMove, type RunStatus } from './states.ts';

const all: readonly RunStatus[] = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'canceled'];

describe('run states', () => {
  it('never leave a terminal state', () => {
    for (const from of all.filter(isEnded)) for (const to of all) expect(isLegalMove(from, to)).toBe(false);
  });

  it('can end from every open state', () => {
    for (const from of all.filter((status) => !isEnded(status)))
      for (const to of all.filter(isEnded)) expect(isLegalMove(from, to)).toBe(true);
  });
});
