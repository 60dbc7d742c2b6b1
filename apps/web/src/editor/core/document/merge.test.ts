import { workflowDocumentSchema } from '@millwright/workflow';
import { createDraft, readDraft, repairDraft, REPAIR_ORIGIN } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { testDocument } from '../testing.ts';
import type { DraftChange } from './changes.ts';
import { createDraftStore, type DraftStore } from './draft-store.ts';
import { anyChange } from './random-changes.ts';

const IDS = ['a', 'b', 'c', 'd'];
const SITES = 3;
const base = testDocument(
  [
    ['a', 'test.trigger'],
    ['b', 'test.step', 320],
    ['c', 'test.step', 640],
  ],
  ['a>b', 'b>c'],
);

/** What can happen at one of several pages that have the same draft open. */
type Happening =
  | { readonly kind: 'change'; readonly at: number; readonly changes: readonly DraftChange[] }
  | { readonly kind: 'write'; readonly at: number; readonly nodeId: string; readonly key: string }
  | { readonly kind: 'add' | 'undo' | 'redo' | 'repair'; readonly at: number }
  | { readonly kind: 'send'; readonly at: number; readonly to: number };

const site = fc.nat(SITES - 1);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('change' as const), at: site, changes: fc.array(anyChange(IDS), { maxLength: 3 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      at: site,
      nodeId: fc.constantFrom(...IDS),
      key: fc.constantFrom('url', 'body'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('add', 'undo', 'redo', 'repair'), at: site }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('send' as const), at: site, to: site }) },
);

/** Three pages on one draft, which hear of each other only when told. */
function openPages() {
  const first = createDraft(base);
  const stores: readonly DraftStore[] = Array.from({ length: SITES }, (_, index) => {
    const draft = index === 0 ? first : new Y.Doc();
    if (index > 0) Y.applyUpdate(draft, Y.encodeStateAsUpdate(first));
    draft.clientID = index + 1;
    return createDraftStore(draft, () => 0);
  });
  const at = (index: number): DraftStore => stores[index] ?? createDraftStore(new Y.Doc());
  const send = (from: number, to: number): void =>
    Y.applyUpdate(at(to).draft, Y.encodeStateAsUpdate(at(from).draft, Y.encodeStateVector(at(to).draft)), 'remote');
  const meet = (): void => {
    for (let from = 0; from < SITES; from++) for (let to = 0; to < SITES; to++) send(from, to);
    for (let to = 0; to < SITES; to++) send(SITES - 1, to);
  };
  return { stores, at, send, meet };
}

/** Every text that a page wrote, with the place where it stands now. */
function texts(store: DraftStore): ReadonlyMap<string, string> {
  return new Map(
    store
      .document()
      .nodes.flatMap((node) =>
        Object.entries(node.parameters).map(([key, value]) => [
          `${node.id}.${key}`,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
  );
}

/** Lets everything happen; writes are unique texts that say who wrote them. */
function play(happenings: readonly Happening[], onUndo: (store: DraftStore, by: number, undo: () => void) => void) {
  const pages = openPages();
  happenings.forEach((one, number) => {
    const store = pages.at(one.at);
    if (one.kind === 'send') pages.send(one.at, one.to);
    else if (one.kind === 'change') store.apply(one.changes);
    else if (one.kind === 'write')
      store.apply([{ kind: 'setParameter', nodeId: one.nodeId, key: one.key, value: `by ${one.at}: ${number}` }]);
    else if (one.kind === 'add') store.apply([{ kind: 'addNode', node: { ...newNode(`n${one.at}_${number}`) } }]);
    else if (one.kind === 'repair') repairDraft(store.draft);
    else onUndo(store, one.at, one.kind === 'undo' ? store.undo : store.redo);
  });
  return pages;
}

function newNode(id: string) {
  const [node] = testDocument([[id, 'test.step']]).nodes;
  if (!node) throw new Error('no node');
  return node;
}

describe('pages that edit one draft', () => {
  it('have the same valid document once they have met, whatever happened in which order', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { stores, meet } = play(happenings, (_store, _by, undo) => undo());
        meet();
        const [first, ...others] = stores.map((store) => readDraft(store.draft));
        for (const other of others) expect(other).toEqual(first);
        // Each page's own view is what the draft says.
        for (const store of stores) expect(store.document()).toEqual(first);
        for (const store of stores) repairDraft(store.draft);
        const repaired = stores.map((store) => readDraft(store.draft));
        for (const document of repaired) expect(document).toEqual(repaired[0]);
        expect(workflowDocumentSchema.safeParse(repaired[0]).error).toBeUndefined();
        // A second pass finds nothing, also after the repairs of all have met: no page answers another's repair.
        meet();
        for (const store of stores) expect(repairDraft(store.draft)).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  it('undo only what they did themselves: texts of others stay where they stand', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        play(happenings, (store, by, undo) => {
          const before = texts(store);
          undo();
          const after = texts(store);
          const alive = new Set(store.document().nodes.map((node) => node.id));
          // Undoing one's own new step takes it away with what others wrote into it.
          const taken = [...before].filter(
            ([place, text]) =>
              text.startsWith('by ') && !text.startsWith(`by ${by}:`) && alive.has(place.split('.')[0] ?? '') && after.get(place) !== text,
          );
          expect(taken).toEqual([]);
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('lose no text: of each field the last text of somebody stands there', () => {
    const writes = happening.filter((one) => one.kind === 'write' || one.kind === 'send' || one.kind === 'add');
    fc.assert(
      fc.property(fc.array(writes, { maxLength: 60 }), (happenings) => {
        const { stores, meet } = play(happenings, () => undefined);
        meet();
        const last = new Map<string, Map<number, string>>();
        happenings.forEach((one, number) => {
          if (one.kind !== 'write') return;
          const place = `${one.nodeId}.${one.key}`;
          last.set(place, (last.get(place) ?? new Map()).set(one.at, `by ${one.at}: ${number}`));
        });
        const [first] = stores;
        if (!first) return;
        const there = texts(first);
        const lost = [...last].filter(
          ([place, byPage]) => !place.startsWith('d.') && ![...byPage.values()].includes(there.get(place) ?? ''),
        );
        expect(lost).toEqual([]);
        const added = happenings.flatMap((one, number) => (one.kind === 'add' ? [`n${one.at}_${number}`] : []));
        expect(first.document().nodes.map((node) => node.id)).toEqual(expect.arrayContaining(added));
      }),
      { numRuns: 400 },
    );
  });

  it('are repaired by one write, which nobody can undo', () => {
    const { at, meet } = openPages();
    at(0).apply([{ kind: 'setParent', nodeId: 'b', parent: 'c' }]);
    at(1).apply([{ kind: 'setParent', nodeId: 'c', parent: 'b' }]);
    meet();
    const origins: unknown[] = [];
    at(2).draft.on('update', (_update, origin) => origins.push(origin));
    expect(repairDraft(at(2).draft)).toBe(true);
    expect(origins).toEqual([REPAIR_ORIGIN]);
    expect(at(2).history().canUndo).toBe(false);
    expect(
      at(2)
        .document()
        .nodes.map((node) => [node.id, node.parent]),
    ).toEqual([
      ['a', null],
      ['b', null],
      ['c', 'b'],
    ]);
  });
});
