import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { coversDraft, markDraft } from './draft-mark.ts';

function copyOf(draft: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(draft));
  return copy;
}

describe('the mark of a draft', () => {
  it('covers a copy that has nothing new', () => {
    const draft = new Y.Doc();
    draft.getMap('meta').set('name', 'A');
    expect(coversDraft(markDraft(draft), markDraft(copyOf(draft)))).toBe(true);
  });

  it('does not cover a change that only the other copy has', () => {
    const draft = new Y.Doc();
    draft.getMap('meta').set('name', 'A');
    const copy = copyOf(draft);
    copy.getMap('meta').set('name', 'B');
    expect(coversDraft(markDraft(draft), markDraft(copy))).toBe(false);
    Y.applyUpdate(draft, Y.encodeStateAsUpdate(copy));
    expect(coversDraft(markDraft(draft), markDraft(copy))).toBe(true);
  });

  it('does not cover a deletion that only the other copy has', () => {
    const draft = new Y.Doc();
    draft.getMap('meta').set('name', 'A');
    const copy = copyOf(draft);
    copy.getMap('meta').delete('name');
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(draft));
    expect(coversDraft(markDraft(draft), markDraft(copy))).toBe(false);
    Y.applyUpdate(draft, Y.encodeStateAsUpdate(copy));
    expect(coversDraft(markDraft(draft), markDraft(copy))).toBe(true);
  });

  it('covers an older copy', () => {
    const draft = new Y.Doc();
    draft.getMap('meta').set('name', 'A');
    const before = markDraft(draft);
    draft.getMap('meta').set('name', 'B');
    draft.getMap('nodes').set('a', 1);
    expect(coversDraft(markDraft(draft), before)).toBe(true);
    expect(coversDraft(before, markDraft(draft))).toBe(false);
  });
});
