import type { JsonObject } from '@millwright/core';
import { applyEdits, fieldSource, mapExpressions, references, renameNodesIn } from '@millwright/expressions';
import { workflowDocumentSchema, type NodeTypeCatalog, type WorkflowDocument } from '@millwright/workflow';
import { createDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../../document/draft-store.ts';
import { testCatalog, testDocument, testType, type TestNode } from '../../testing.ts';
import type { ExpressionTools } from './crossings.ts';
import { type Extraction, planExtraction } from './extract.ts';
import { planInlining } from './inline.ts';

const code = testType({ type: 'test.code', parameters: { properties: { source: { type: 'string', field: { control: 'code' } } } } });
const own = ['core.calledTrigger', 'core.splitOut', 'core.editFields', 'core.callWorkflow', 'core.noOp', 'core.respond'].map((type) =>
  testType({ type, ...(type === 'core.calledTrigger' ? { kind: 'trigger', inputs: [] } : {}) }),
);
const types = [...testCatalog.all(), code, ...own];
const catalog: NodeTypeCatalog = { get: (type) => types.find((info) => info.type === type), all: () => types };
const words = { called: 'Called', unpack: 'Unpack', collect: 'Collect', result: 'Result' };
const tools: ExpressionTools = {
  references,
  applyEdits,
  fieldSource,
  mapExpressions: (value, change) => mapExpressions(value, change) as JsonObject,
  renameNodesIn: (value, names) => renameNodesIn(value, names) as JsonObject,
};

const extract = (document: WorkflowDocument, ...ids: readonly string[]) =>
  planExtraction(document, catalog, { nodeIds: new Set(ids), name: 'Part', words, tools });
const planned = (document: WorkflowDocument, ...ids: readonly string[]): Extraction => {
  const plan = extract(document, ...ids);
  if ('refusal' in plan) throw new Error(plan.refusal);
  return plan;
};
const lines = ({ nodes, edges }: WorkflowDocument): readonly string[] => {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? `gone ${id}`;
  return edges.map(({ from, to, output, input }) => `${name(from)}.${output}>${name(to)}.${input}`).toSorted();
};
const applied = (document: WorkflowDocument, plan: Extraction) => {
  const store = createDraftStore(createDraft(document));
  store.apply(plan.changes('wf_child'));
  return store;
};

const document = testDocument(
  [
    ['lead', 'test.trigger'],
    ['a', 'test.step', 320, 0, { url: "{{ $('lead').item.json.url }} {{ $json.x }} {{ $('LEAD').item.json.body?.q ?? 1 }}" }],
    ['b', 'test.step', 640, 0, { url: "{{ $('a').item.json.y }}" }],
    ['end', 'test.step', 960, 0, { url: "{{ $('a').item.json.z }} {{ $('b').item.json.w.v }}" }],
  ],
  ['lead>a', 'a>b', 'b>end'],
);

describe('making a workflow of steps', () => {
  it('hands over what is read from outside, and brings out what is read of the inside', () => {
    const plan = planned(document, 'a', 'b');
    expect(plan).toMatchObject({ inputs: ['lead'], outputs: ['a'] });
    const child = workflowDocumentSchema.parse(plan.child);
    expect(lines(child)).toEqual(['A.main>B.main', 'B.main>Result.main', 'Called.main>Unpack.main', 'Unpack.main>A.main'].toSorted());
    const outer = child.nodes.find(({ name }) => name === 'Called')?.id;
    const url = (id: string): unknown => child.nodes.find((node) => node.id === id)?.parameters['url'];
    expect(url('a')).toBe(`{{ $('${outer}').item.json.lead.url }} {{ $json.x }} {{ $('${outer}').item.json.lead.body?.q ?? 1 }}`);
    expect(url('b')).toBe("{{ $('a').item.json.y }}");
    const store = applied(document, plan);
    const after = store.document();
    expect(after.nodes.find(({ id }) => id === plan.callId)?.parameters).toEqual({
      workflow: 'wf_child',
      mode: 'each',
      input: { item: '{{ [$json] }}', lead: "{{ $('lead').item.json }}" },
    });
    expect(lines(after)).toEqual(['LEAD.main>Part.main', 'Part.main>END.main']);
    expect(after.nodes.find(({ id }) => id === 'end')?.parameters['url']).toBe(
      `{{ $('${plan.callId}').item.json.a.z }} {{ $('${plan.callId}').item.json.w.v }}`,
    );
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it('hands over a whole list where a step looks at more than its item, each item with what belongs to it', () => {
    const whole = testDocument(
      [
        ['lead', 'test.trigger'],
        ['a', 'test.step', 320, 0, { url: "{{ $items.length }} {{ $('lead').item.json.url }} {{ $('lead').first().json.n }}" }],
      ],
      ['lead>a'],
    );
    const plan = planned(whole, 'a');
    const call = applied(whole, plan)
      .document()
      .nodes.find(({ id }) => id === plan.callId);
    expect(call?.parameters).toEqual({
      workflow: 'wf_child',
      mode: 'list',
      input: {
        items: "{{ $items.map((one, n) => ({ item: [one.json], lead: $('lead').itemMatching(n).json, lead2: $('lead').first().json })) }}",
      },
    });
    const outer = plan.child.nodes.find(({ name }) => name === 'Unpack')?.id;
    expect(plan.child.nodes.find(({ id }) => id === 'a')?.parameters['url']).toBe(
      `{{ $items.length }} {{ $('${outer}').item.json.lead.url }} {{ $('${outer}').item.json.lead2.n }}`,
    );
  });

  it('gives the items as they are where nothing is read across', () => {
    const plain = testDocument(
      [
        ['t', 'test.trigger'],
        ['a', 'test.step', 320],
        ['b', 'test.step', 640],
        ['c', 'test.step', 960],
      ],
      ['t>a', 'a>b', 'b>c'],
    );
    const plan = planned(plain, 'b');
    expect(lines(plan.child)).toEqual(['Called.main>B.main']);
    const call = applied(plain, plan)
      .document()
      .nodes.find(({ id }) => id === plan.callId);
    expect(call?.parameters).toEqual({ workflow: 'wf_child', mode: 'list' });
  });

  it('collects what leaves branches in a frame, so that nothing else comes out', () => {
    const branched = testDocument(
      [
        ['t', 'test.trigger'],
        ['if', 'test.branch', 320],
        ['a', 'test.step', 640],
        ['z', 'test.step', 960],
      ],
      ['t>if', 'if.true>a', 'a>z'],
    );
    const { child } = planned(branched, 'if', 'a');
    expect(lines(child)).toEqual(['A.main>Collect.result', 'Called.main>Collect.main', 'Collect.try>IF.main', 'IF.true>A.main']);
  });

  it.each([
    ['trigger', ['lead', 'a']],
    ['empty', []],
    ['cycle', ['a', 'end']],
  ] as const)('refuses: %s', (refusal, ids) => {
    expect(extract(document, ...ids)).toMatchObject({ refusal });
  });

  it('refuses several entries and exits, half a container, what answers, programs, and what is no data', () => {
    const wide = testDocument(
      [
        ['t', 'test.trigger'],
        ['a', 'test.branch', 320],
        ['b', 'test.step', 640],
        ['c', 'test.step', 640, 200],
        ['m', 'test.map', 960],
        ['in', 'test.step', 1100, 60, {}, 'm'],
        ['r', 'core.respond', 1500],
        ['p', 'test.code', 1800, 0, { source: "return $('t').first()" }],
        ['v', 'test.step', 2100, 0, { url: "{{ $('t').params.x }}" }],
        ['w', 'test.step', 2400, 0, { url: "{{ $('t'). }}" }],
      ],
      ['t>a', 'a.true>b', 'a.false>c', 'b>m', 'm.each>in', 'in>m.collect', 'm>r', 'r>p', 'p>v', 'v>w'],
    );
    expect(extract(wide, 'b', 'c')).toMatchObject({ refusal: 'entries' });
    expect(extract(wide, 'a')).toMatchObject({ refusal: 'exits' });
    expect(extract(wide, 'b', 'in')).toMatchObject({ refusal: 'halfContainer' });
    expect(extract(wide, 'r')).toMatchObject({ refusal: 'respond', nodeId: 'r' });
    expect(extract(wide, 'p')).toMatchObject({ refusal: 'program', nodeId: 'p' });
    expect(extract(wide, 'v')).toMatchObject({ refusal: 'reads', nodeId: 'v' });
    expect(extract(wide, 'w')).toMatchObject({ refusal: 'unreadable', nodeId: 'w' });
    expect('refusal' in extract(wide, 'm')).toBe(false);
    expect('refusal' in extract(wide, 'in')).toBe(false);
  });

  it('whatever is chosen: nothing is lost, nothing dangles, one undo restores all, and inlining brings back the same lines', () => {
    const count = 6;
    const pairs = fc.uniqueArray(
      fc.tuple(fc.nat(count - 2), fc.nat(count - 1)).filter(([a, b]) => a < b),
      { maxLength: 9, selector: String },
    );
    fc.assert(
      fc.property(pairs, fc.subarray([1, 2, 3, 4, 5]), (edges, chosen) => {
        const nodes = Array.from({ length: count }, (_, index): TestNode => [
          `n${index}`,
          index === 0 ? 'test.trigger' : 'test.step',
          index * 320,
        ]);
        const before = testDocument(
          nodes,
          edges.map(([a, b]) => `n${a}>n${b}`),
        );
        const plan = extract(before, ...chosen.map((index) => `n${index}`));
        if ('refusal' in plan) return;
        const child = workflowDocumentSchema.parse(plan.child);
        expect(child.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(chosen.map((index) => `n${index}`)));
        const store = applied(before, plan);
        const after = store.document();
        expect(after.nodes).toHaveLength(count - chosen.length + 1);
        expect([...lines(after), ...lines(child)].filter((line) => line.includes('gone'))).toEqual([]);
        const back = planInlining(after, catalog, { callId: plan.callId, child, words: { input: 'Input', each: 'Each' }, tools });
        const isRow =
          !child.nodes.some(({ type }) => type === 'core.try') &&
          child.edges.filter(({ from }) => from === child.nodes[0]?.id).length === 1;
        const changes = !isRow || 'refusal' in back ? null : back.changes;
        store.apply(changes ?? []);
        expect(lines(store.document())).toEqual(changes === null ? lines(after) : lines(before));
        if (changes !== null) store.undo();
        store.undo();
        expect(store.document()).toEqual(before);
      }),
    );
  });
});
