import { describe, expect, it } from 'vitest';
import { movesOf } from './run-moves.ts';

describe('what can be done with a run', () => {
  it('that is open is never to go on with or repeat it', () => {
    for (const status of ['queued', 'running', 'waiting'] as const) expect(movesOf({ status })).toEqual(['pause', 'cancel', 'terminate']);
  });
  it('that is paused starts with letting it go on', () => {
    expect(movesOf({ status: 'waiting', pauseRequested: true })[0]).toBe('unpause');
  });
  it('that is being canceled is only to end it at once', () => {
    expect(movesOf({ status: 'running', cancelRequested: true })).toEqual(['terminate']);
  });
  it('that failed is to resume it, once', () => {
    expect(movesOf({ status: 'failed' })).toEqual(['resume', 'rerun']);
    expect(movesOf({ status: 'canceled' })).toEqual(['resume', 'rerun']);
    expect(movesOf({ status: 'failed', resumedByRunId: 'run_1' })).toEqual(['rerun']);
    expect(movesOf({ status: 'succeeded' })).toEqual(['rerun']);
  });
});
