import { createDraft } from '@millwright/workflow/draft';
import type { NodeTypeCatalog } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftStore } from '../../document/draft-store.ts';
import { testCatalog, testDocument, testType } from '../../testing.ts';
import { needsOf } from './replace-needs.ts';
import { canReplace, planReplacement } from './replace-step.ts';

const feed = testType({
  type: 'test.feed',
  parameters: {
    properties: {
      url: { type: 'string' },
      limit: { type: 'integer' },
      order: { enum: ['asc', 'desc'] },
      size: { type: 'string' },
    },
  },
  credentials: [{ name: 'auth', types: ['key'], required: true }],
});
const http = testType({
  type: 'test.http',
  parameters: { properties: { url: { type: 'string' }, order: { enum: ['up', 'down'] }, size: { type: 'number' }, body: {} } },
  credentials: [{ name: 'auth', types: ['key', 'basic'], required: false }],
  outputs: [{ name: 'done', title: 'Done' }],
});
const two = testType({
  type: 'test.two',
  outputs: [
    { name: 'left', title: 'L' },
    { name: 'right', title: 'R' },
  ],
});
const types = [...testCatalog.all(), feed, http, two];
const catalog: NodeTypeCatalog = { get: (type) => types.find((info) => info.type === type), all: () => types };

const document = testDocument(
  [
    ['t', 'test.trigger'],
    ['f', 'test.feed', 320, 0, { url: '{{ $json.u }}', limit: 5, order: 'asc', size: 'big' }],
    ['z', 'test.step', 640, 0, { url: "{{ $('f').item.json.title }}" }],
  ],
  ['t>f', 'f>z'],
);

const replaced = (info: typeof http) => {
  const store = createDraftStore(createDraft(document));
  const plan = planReplacement(document, catalog, { nodeId: 'f', info });
  store.apply(plan.changes);
  return { store, plan, node: store.document().nodes[1] };
};

describe('replacing a step', () => {
  it('keeps id, name, place, lines and what has the same key and type, and says what is dropped', () => {
    const { store, plan, node } = replaced(http);
    expect(node).toMatchObject({ id: 'f', name: 'F', type: 'test.http', position: [320, 0], parameters: { url: '{{ $json.u }}' } });
    expect(plan.dropped).toEqual(['limit', 'order', 'size'].map((key) => ({ kind: 'parameter', key })));
    expect(store.document().edges).toEqual([
      { from: 't', output: 'main', to: 'f', input: 'main' },
      { from: 'f', output: 'done', to: 'z', input: 'main' },
    ]);
    expect(store.document().nodes[2]).toEqual(document.nodes[2]);
    store.undo();
    expect(store.document()).toEqual(document);
  });

  it('drops a line where no port takes its place', () => {
    expect(replaced(two).plan.dropped.filter(({ kind }) => kind === 'line')).toEqual([
      { kind: 'line', edge: { from: 'f', output: 'main', to: 'z', input: 'main' } },
    ]);
  });

  it('offers only what can stand there', () => {
    const needs = needsOf(document, catalog, 'f');
    const trigger = testCatalog.all().find(({ kind }) => kind === 'trigger');
    expect(needs && canReplace(http, needs)).toBe(true);
    expect(needs && trigger && canReplace(trigger, needs)).toBe(false);
    expect(needsOf(testDocument([['m', 'test.map']]), testCatalog, 'm')).toBeNull();
  });

  it('never leaves a line at a port that is not there, nor changes another step', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types.filter(({ kind, container }) => kind !== 'trigger' && container !== true)), (info) => {
        const { store } = replaced(info);
        expect(store.document().nodes.filter(({ id }) => id !== 'f')).toEqual(document.nodes.filter(({ id }) => id !== 'f'));
        const used = store.document().edges.flatMap((edge) => (edge.from === 'f' ? [edge.output] : []));
        const ports = info.outputs.map(({ name }) => name);
        expect(used.filter((name) => !ports.includes(name))).toEqual([]);
      }),
    );
  });
});
