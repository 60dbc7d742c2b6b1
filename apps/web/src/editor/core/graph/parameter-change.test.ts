import { createDraft } from '@millwright/workflow/draft';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../document/draft-store.ts';
import { testCatalog, testDocument } from '../testing.ts';
import { planParameter } from './parameter-change.ts';

const cases = [
  { id: 'a', name: 'A' },
  { id: 'b', name: 'B' },
];
const document = testDocument(
  [
    ['s', 'test.switch', 0, 0, { cases }],
    ['x', 'test.step'],
    ['y', 'test.step'],
    ['m', 'test.merge', 0, 0, { inputs: 3 }],
  ],
  ['s.a>x', 's.b>y', 'x>m.in1', 'y>m.in3'],
);

function change(key: string, nodeId: string, value: Parameters<typeof planParameter>[2]['value']) {
  const store = createDraftStore(createDraft(document));
  store.apply(planParameter(store.document(), testCatalog, { nodeId, key, value }));
  return store;
}

describe('a parameter that makes ports', () => {
  it('takes the lines of a removed case with it, and undo brings back both', () => {
    const store = change('cases', 's', [{ id: 'b', name: 'B' }]);
    expect(store.document().edges.map((edge) => edge.from + edge.output)).toEqual(['sb', 'xmain', 'ymain']);
    store.undo();
    expect(store.document()).toEqual(document);
  });
  it('keeps the lines of a case that is renamed or moved', () => {
    const store = change('cases', 's', [
      { id: 'b', name: 'Other' },
      { id: 'a', name: 'A' },
    ]);
    expect(store.document().edges).toEqual(document.edges);
  });
  it('takes the lines of inputs that are gone, but none while the number is being typed', () => {
    expect(change('inputs', 'm', 2).document().edges).toHaveLength(3);
    expect(change('inputs', 'm', 1).document().edges).toHaveLength(4);
    expect(change('inputs', 'm', '').document().edges).toHaveLength(4);
  });
});
