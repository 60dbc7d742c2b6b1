import { markDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readSaved, saveStateOf } from './save-state.ts';

function message(draft: Y.Doc): string {
  const { stateVector, deletions } = markDraft(draft);
  return JSON.stringify({ type: 'saved', revision: 3, stateVector: btoa(String.fromCodePoint(...stateVector)), deletions });
}

describe('the save state', () => {
  const draft = new Y.Doc();
  draft.getMap('meta').set('name', 'A');
  const stored = readSaved(message(draft));

  it('reads what the server says, and nothing from another message', () => {
    expect(stored).toEqual(markDraft(draft));
    expect(readSaved('not json')).toBeNull();
    expect(readSaved('{"type":"other"}')).toBeNull();
    expect(readSaved('{"type":"saved","stateVector":"*","deletions":0}')).toBeNull();
  });

  it('is saved only when Postgres has every change of this page', () => {
    expect(saveStateOf({ isSending: false, stored, local: markDraft(draft) })).toBe('saved');
    const ahead = new Y.Doc();
    Y.applyUpdate(ahead, Y.encodeStateAsUpdate(draft));
    ahead.getMap('meta').delete('name');
    expect(saveStateOf({ isSending: false, stored, local: markDraft(ahead) })).toBe('saving');
  });

  it('is never saved while changes are on their way, or before the server said what it has', () => {
    expect(saveStateOf({ isSending: true, stored, local: markDraft(draft) })).toBe('saving');
    expect(saveStateOf({ isSending: false, stored: null, local: markDraft(draft) })).toBeNull();
  });
});
