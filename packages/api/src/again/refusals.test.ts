import { describe, expect, it } from 'vitest';
import { refuseArchived } from './refusals.ts';

describe('running a workflow again', () => {
  it('is refused where it is archived or removed, whichever version is asked for', () => {
    const refusal = expect.objectContaining({ kind: 'conflict', code: 'not_published' });
    expect(() => refuseArchived({ archived: true })).toThrow(refusal);
    expect(() => refuseArchived(null)).toThrow(refusal);
    expect(() => refuseArchived({ archived: false })).not.toThrow();
  });
});
