import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../../../core/document/draft-store.ts';
import { testDocument } from '../../../core/testing.ts';
import { planFieldRename } from './plan-field-rename.ts';

const document = testDocument(
  [
    ['t', 'test.trigger'],
    ['edit', 'test.step'],
    ['next', 'test.step', 0, 0, { url: '{{ $json.email }}', list: [{ value: '{{ $json.email.trim() + $json.name }}' }] }],
    ['later', 'test.step', 0, 0, { url: "{{ $('edit').item.json.email }} {{ $json.email }} $json.email" }],
  ],
  ['t>edit', 'edit>next', 'next>later'],
);

describe('renaming a field of a step', () => {
  it('rewrites what reads it, and nothing else, as one entry of the history', () => {
    const plan = planFieldRename(document, 'edit', { from: 'email', to: 'e-mail' });
    const store = createDraftStore(createDraft(document));
    store.apply(plan.changes);
    const parameters = store.document().nodes.map((node) => node.parameters);
    expect(plan.count).toBe(3);
    expect(parameters[2]).toEqual({ url: "{{ $json['e-mail'] }}", list: [{ value: "{{ $json['e-mail'].trim() + $json.name }}" }] });
    expect(parameters[3]).toEqual({ url: "{{ $('edit').item.json['e-mail'] }} {{ $json.email }} $json.email" });
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it('a step gets another name without any expression changing: they hold its id', () => {
    const store = createDraftStore(createDraft(document));
    store.apply([{ kind: 'renameNode', nodeId: 'edit', name: 'Clean up' }]);
    expect(store.document().nodes.map((node) => node.parameters)).toEqual(document.nodes.map((node) => node.parameters));
  });
});
