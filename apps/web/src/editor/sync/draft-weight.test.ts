import { MAX_DRAFT_BYTES } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { weighDraft } from './draft-weight.ts';

describe('the weight of a draft', () => {
  it('is told once it is large, and again when it is not any more', () => {
    const draft = new Y.Doc();
    const told: (number | null)[] = [];
    const stop = weighDraft(draft, (bytes) => told.push(bytes));
    const map = draft.getMap('nodes');
    map.set('small', 'x');
    expect(told).toEqual([]);
    map.set('large', 'x'.repeat(MAX_DRAFT_BYTES / 2));
    expect(told.at(-1)).toBeGreaterThan(MAX_DRAFT_BYTES / 2);
    map.set('large', 'y'.repeat(2000));
    expect(told.at(-1)).toBeNull();
    stop();
  });
});
