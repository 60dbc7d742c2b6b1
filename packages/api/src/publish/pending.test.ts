import { UserError } from '@millwright/core';
import { checkDocument } from '@millwright/engine/compile';
import { sketchDocument, type EdgeSketch, type NodeSketch } from '@millwright/testing';
import { workflowDocumentSchema, type WorkflowDocument } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCatalog } from '../testing/test-catalog.ts';
import { needsOf } from './needs.ts';
import { chosenDocument, nameChanges } from './pending.ts';

type Pending = Parameters<typeof chosenDocument>[0];

function pendingOf(base: WorkflowDocument, document: WorkflowDocument): Pending {
  const draft = { document, yState: new Uint8Array(), revision: 7, updatedAt: new Date(), updatedBy: null };
  return { base, draft, changes: nameChanges(base, document) };
}

function chosen(pending: Pending, paths: (kind: string, about: string) => boolean): readonly string[] {
  return pending.changes.filter(({ change }) => paths(change.kind, 'nodeId' in change ? change.nodeId : '')).map(({ id }) => id);
}

function refusal(run: () => unknown): string {
  try {
    run();
    return 'nothing';
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.code;
    throw thrown;
  }
}

const ask: NodeSketch = ['ask', 'core.if', { conditions: [{ left: '{{ $json.company }}', operator: 'isNotEmpty', right: '' }] }];
const base = sketchDocument('Leads', [['form', 'core.manual'], ask, ['crm', 'core.editFields']], ['form -> ask', 'ask:true -> crm']);

/** Nodes and edges to choose documents from: readers, a container, a switch with ports of its own, an error branch. */
const NODES: readonly NodeSketch[] = [
  ['form', 'core.manual'],
  ask,
  ['crm', 'core.editFields', { fields: [{ name: 'a', value: "{{ $('form').item.json.a }}" }] }],
  ['nora', 'http.request', { url: "{{ $('crm').item.json.url }}" }],
  ['loop', 'core.loop', { items: '{{ $json }}' }],
  ['inside', 'core.editFields', {}, {}, 'loop'],
  ['sort', 'core.switch', { cases: casesOf('one') }],
];
const EDGES: readonly EdgeSketch[] = [
  'form -> ask',
  'ask:true -> crm',
  'ask:false -> nora',
  'crm -> nora',
  'form -> sort',
  'sort:one -> crm',
];

function casesOf(name: string): readonly unknown[] {
  return [{ id: name, name, conditions: [{ left: '1', operator: 'equals', right: '1' }] }];
}

const documents = fc
  .record({
    nodes: fc.subarray([...NODES], { minLength: 5 }),
    edges: fc.subarray([...EDGES], { minLength: 4 }),
    url: fc.constantFrom('a', 'b'),
    failing: fc.boolean(),
    port: fc.constantFrom('one', 'two'),
  })
  .map(({ nodes, edges, url, failing, port }) => {
    const ids = new Set(nodes.map(([id]) => id));
    const kept = nodes.map(([id, type, parameters = {}, , parent]): NodeSketch => [
      id,
      type,
      id === 'nora' && url === 'b' ? { url: 'b' } : id === 'sort' ? { cases: casesOf(port) } : parameters,
      id === 'crm' && failing ? { onError: 'branch' } : {},
      parent !== undefined && ids.has(parent) ? parent : undefined,
    ]);
    const drawn = edges
      .map((edge) => (edge.startsWith('sort:') ? `sort:${port} -> crm` : edge))
      .filter((edge) => edge.split('->').every((side) => ids.has((side.split(':')[0] ?? '').trim())));
    return sketchDocument('Leads', kept, drawn);
  });

describe('what is published of a draft', () => {
  it('is the draft itself where everything or nothing was chosen', () => {
    fc.assert(
      fc.property(documents, documents, (live, draft) => {
        const pending = pendingOf(live, draft);
        expect(chosenDocument(pending, {}, testCatalog)).toBe(draft);
        const all = pending.changes.map(({ id }) => id);
        expect(chosenDocument(pending, { changes: all }, testCatalog)).toBe(draft);
      }),
    );
  });

  it('is for any choice exactly the chosen changes in a valid document, or a refusal that says what is missing', () => {
    fc.assert(
      fc.property(documents, documents, fc.infiniteStream(fc.boolean()), (live, draft, coin) => {
        const pending = pendingOf(live, draft);
        const ids = pending.changes.filter(() => coin.next().value).map(({ id }) => id);
        const code = refusal(() => chosenDocument(pending, { changes: ids }, testCatalog));
        expect(['nothing', 'changes_incomplete']).toContain(code);
        const document = code === 'nothing' ? chosenDocument(pending, { changes: ids }, testCatalog) : draft;
        expect(workflowDocumentSchema.parse(document)).toEqual(document);
        const made = new Set(nameChanges(live, document).map(({ id }) => id));
        expect(ids.filter((id) => !made.has(id))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is never refused as incomplete where everything is chosen along that is needed, and reads no step that is left out', () => {
    fc.assert(
      fc.property(documents, documents, fc.infiniteStream(fc.boolean()), (live, draft, coin) => {
        const pending = pendingOf(live, draft);
        const needs = needsOf({ base: live, document: draft, changes: pending.changes, catalog: testCatalog });
        const ids = new Set(pending.changes.filter(() => coin.next().value).map(({ id }) => id));
        // A set grows while it is walked: what is needed needs more.
        for (const id of ids) for (const needed of needs.get(id) ?? []) ids.add(needed);
        const document = chosenDocument(pending, { changes: [...ids] }, testCatalog);
        const brokenIn = (one: WorkflowDocument): readonly string[] =>
          checkDocument(one, testCatalog)
            .filter(({ code }) => code === 'expression_unknown_node' || code === 'port_unknown')
            .map(({ nodeId, field }) => `${nodeId ?? ''} ${field ?? ''}`);
        const known = new Set([...brokenIn(live), ...brokenIn(draft)]);
        expect(brokenIn(document).filter((fault) => !known.has(fault))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused where a line is chosen without its new step, and where a chosen value is another by now', () => {
    const draft = sketchDocument(
      'Leads',
      [['form', 'core.manual'], ask, ['crm', 'core.editFields'], ['nora', 'http.request', { url: 'x' }]],
      ['form -> ask', 'ask:true -> crm', 'ask:false -> nora'],
    );
    const pending = pendingOf(base, draft);
    const edge = chosen(pending, (kind) => kind === 'edgeAdded');
    expect(refusal(() => chosenDocument(pending, { changes: edge }, testCatalog))).toBe('changes_incomplete');
    const node = chosen(pending, (kind) => kind === 'nodeAdded');
    expect(chosenDocument(pending, { changes: node }, testCatalog).nodes.map(({ id }) => id)).toEqual(['form', 'ask', 'crm', 'nora']);
    const moved = pendingOf(base, { ...draft, nodes: draft.nodes.map((one) => (one.id === 'nora' ? { ...one, name: 'Nora' } : one)) });
    expect(refusal(() => chosenDocument(moved, { changes: node }, testCatalog))).toBe('changes_outdated');
    expect(refusal(() => chosenDocument(pending, { revision: 6 }, testCatalog))).toBe('draft_stale');
    expect(chosenDocument(pending, { revision: 7 }, testCatalog)).toBe(draft);
  });

  it('takes a reader along with what it reads, and a line with the port that it leaves by', () => {
    const draft = sketchDocument(
      'Leads',
      [
        ['form', 'core.manual'],
        ask,
        ['crm', 'core.editFields', {}, { onError: 'branch' }],
        ['more', 'http.request', { url: "{{ $('late').item.json.url }}" }],
        ['late', 'core.editFields'],
      ],
      ['form -> ask', 'ask:true -> crm', 'crm:error -> late', 'late -> more'],
    );
    const pending = pendingOf(base, draft);
    const needs = needsOf({ base, document: draft, changes: pending.changes, catalog: testCatalog });
    const idOf = (kind: string, about: string): string => chosen(pending, (k, a) => k === kind && a === about)[0] ?? '';
    expect(needs.get(idOf('nodeAdded', 'more'))).toEqual([idOf('nodeAdded', 'late')]);
    const line = pending.changes.find(({ change }) => change.kind === 'edgeAdded' && change.edge.output === 'error');
    expect(needs.get(line?.id ?? '')).toEqual([idOf('nodeAdded', 'late'), idOf('settingChanged', 'crm')]);
  });
});
