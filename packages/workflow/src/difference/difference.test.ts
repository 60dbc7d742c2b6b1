import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_FORMAT, workflowDocumentSchema, type WorkflowDocument } from '../document.ts';
import { edgeKey } from '../edge-key.ts';
import { changePath, differenceOf, withDocumentChanges } from './index.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const id = fc.constantFrom(...ids);
const pair = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
const values = fc.dictionary(fc.constantFrom('url', 'method', 'body', 'toString'), fc.jsonValue({ maxDepth: 2 }));

const node = fc.record(
  {
    id,
    name: fc.constantFrom('One', 'Two', 'Three'),
    type: fc.constantFrom('core.editFields', 'http.request'),
    version: fc.integer({ min: 1, max: 2 }),
    position: pair,
    parameters: values,
    credentials: fc.dictionary(fc.constantFrom('auth', 'other'), fc.constantFrom('c1', 'c2')),
    parent: fc.option(id),
    size: pair,
    settings: fc.record({ disabled: fc.boolean(), notes: fc.constantFrom('', 'note'), timeoutMs: fc.option(fc.constant(100)) }),
  },
  { requiredKeys: ['id', 'name', 'type', 'version', 'position', 'parameters', 'credentials', 'settings'] },
);
const edge = fc.record(
  { from: id, to: id, output: fc.constantFrom('main', 'true'), label: fc.constantFrom('Yes', 'No') },
  { requiredKeys: ['from', 'to', 'output'] },
);
const annotation = fc.record({ id, kind: fc.constantFrom('note', 'section'), position: pair, size: pair, text: fc.constantFrom('', 'x') });

/** Documents that share ids, so that two of them differ in every way. */
const documents = fc
  .record({
    name: fc.constantFrom('First', 'Second'),
    nodes: fc.uniqueArray(node, { selector: (one) => one.id }),
    edges: fc.array(edge),
    annotations: fc.uniqueArray(annotation, { selector: (one) => one.id }),
    settings: fc.record(
      { timezone: fc.constantFrom('UTC', 'Europe/Berlin'), expressions: fc.constant('n8n') },
      { requiredKeys: ['timezone'] },
    ),
  })
  .map((given): WorkflowDocument => {
    const known = new Set(given.nodes.map((one) => one.id));
    const plain = JSON.parse(JSON.stringify({ format: DOCUMENT_FORMAT, ...given })) as typeof given;
    const document = workflowDocumentSchema.parse({
      ...plain,
      nodes: plain.nodes.map((one) => ({ ...one, parent: null })),
      edges: plain.edges.filter((one) => known.has(one.from) && known.has(one.to)),
    });
    // Only earlier nodes hold later ones: documents have no circles.
    const parents = document.nodes.map((_, at) => document.nodes.slice(0, at).find((earlier) => earlier.id === given.nodes[at]?.parent));
    return {
      ...document,
      nodes: document.nodes.map((one, at) => ({ ...one, parent: parents[at]?.id ?? null })),
      edges: [...new Map(document.edges.map((one) => [edgeKey(one), one])).values()],
    };
  });

/** A document whose lists are in the order of their keys: the order in lists is no change. */
function sorted(document: WorkflowDocument): WorkflowDocument {
  return {
    ...document,
    nodes: document.nodes.toSorted((one, other) => one.id.localeCompare(other.id)),
    edges: document.edges.toSorted((one, other) => edgeKey(one).localeCompare(edgeKey(other))),
    annotations: document.annotations.toSorted((one, other) => one.id.localeCompare(other.id)),
  };
}

function documentOf(nodes: readonly unknown[], rest: object = {}): WorkflowDocument {
  return workflowDocumentSchema.parse({ format: DOCUMENT_FORMAT, name: 'Orders', nodes, ...rest });
}

const get = {
  id: 'get',
  name: 'Get',
  type: 'http.request',
  version: 1,
  position: [0, 0],
  parameters: { url: 'a', list: [1, { x: 1, y: 2 }] },
};

describe('the difference of two documents', () => {
  it('made on the first gives the second', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        expect(sorted(withDocumentChanges(before, differenceOf(before, after)))).toEqual(sorted(after));
      }),
    );
  });

  it('is empty for documents that say the same, however their keys and lists are ordered', () => {
    fc.assert(fc.property(documents, (document) => differenceOf(document, structuredClone(sorted(document))).length === 0));
    const swapped = { ...get, parameters: { list: [1, { y: 2, x: 1 }], url: 'a' } };
    expect(differenceOf(documentOf([get]), documentOf([swapped]))).toEqual([]);
  });

  it('made in any part gives a document that the schema accepts, without circles and loose ends', () => {
    fc.assert(
      fc.property(documents, documents, fc.infiniteStream(fc.boolean()), (before, after, choice) => {
        const some = differenceOf(before, after).filter(() => choice.next().value);
        const document = withDocumentChanges(before, some);
        expect(workflowDocumentSchema.parse(document)).toEqual(document);
        const parents = new Map(document.nodes.map((one) => [one.id, one.parent]));
        for (const one of document.edges) expect(parents.has(one.from) && parents.has(one.to)).toBe(true);
        for (const one of document.nodes) {
          let steps = 0;
          for (let at = one.parent; at !== null; at = parents.get(at) ?? null) {
            expect(parents.has(at)).toBe(true);
            expect(++steps).toBeLessThanOrEqual(parents.size);
          }
        }
      }),
    );
  });

  it('names each thing that differs once', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const paths = differenceOf(before, after).map(changePath);
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });

  it('says what changed in a node, by key, with both values', () => {
    const after = {
      ...get,
      name: 'Fetch',
      version: 2,
      position: [10, 0],
      parameters: { url: 'b', method: 'GET' },
      credentials: { auth: 'c1' },
      settings: { disabled: true },
    };
    const changes = differenceOf(documentOf([get]), documentOf([after]));
    expect(changes).toEqual([
      { kind: 'nodeRenamed', nodeId: 'get', before: 'Get', after: 'Fetch' },
      { kind: 'parameterChanged', nodeId: 'get', key: 'url', before: 'a', after: 'b' },
      { kind: 'parameterChanged', nodeId: 'get', key: 'list', before: [1, { x: 1, y: 2 }], after: undefined },
      { kind: 'parameterChanged', nodeId: 'get', key: 'method', before: undefined, after: 'GET' },
      { kind: 'settingChanged', nodeId: 'get', key: 'version', before: 1, after: 2 },
      { kind: 'settingChanged', nodeId: 'get', key: 'disabled', before: false, after: true },
      { kind: 'settingChanged', nodeId: 'get', key: 'credentials.auth', before: undefined, after: 'c1' },
      { kind: 'nodeMoved', nodeId: 'get', before: [0, 0], after: [10, 0] },
    ]);
    expect(changes.map(changePath)).toEqual([
      'nodes/get/name',
      'nodes/get/parameters/url',
      'nodes/get/parameters/list',
      'nodes/get/parameters/method',
      'nodes/get/settings/version',
      'nodes/get/settings/disabled',
      'nodes/get/settings/credentials.auth',
      'nodes/get/position',
    ]);
  });

  it('gives an added node whole and once, with its edge beside it', () => {
    const end = { id: 'end', name: 'End', type: 'core.editFields', version: 1, position: [1, 1] };
    const after = documentOf([get, end], { edges: [{ from: 'get', to: 'end' }] });
    const changes = differenceOf(documentOf([get]), after);
    expect(changes).toEqual([
      { kind: 'nodeAdded', nodeId: 'end', node: after.nodes[1] },
      { kind: 'edgeAdded', edge: { from: 'get', output: 'main', to: 'end', input: 'main' } },
    ]);
    expect(changes.map(changePath)).toEqual(['nodes/end', 'edges/get:main->end:main']);
  });

  it('says what stands at a line now and before, and nothing of the line itself', () => {
    const end = { id: 'end', name: 'End', type: 'core.editFields', version: 1, position: [1, 1] };
    const line = (label?: string): WorkflowDocument =>
      documentOf([get, end], { edges: [{ from: 'get', to: 'end', ...(label === undefined ? {} : { label }) }] });
    const changes = differenceOf(line(), line('Paid'));
    const ends = { from: 'get', output: 'main', to: 'end', input: 'main' };
    expect(changes).toEqual([{ kind: 'edgeLabelChanged', edge: ends, before: undefined, after: 'Paid' }]);
    expect(changes.map(changePath)).toEqual(['edges/get:main->end:main/label']);
    expect(withDocumentChanges(line('Open'), differenceOf(line('Open'), line())).edges).toEqual([ends]);
    // A line that is not there gets none.
    expect(withDocumentChanges(documentOf([get, end]), changes).edges).toEqual([]);
  });

  it('leaves out an edge whose end was not chosen', () => {
    const end = { id: 'end', name: 'End', type: 'core.editFields', version: 1, position: [1, 1] };
    const changes = differenceOf(documentOf([get]), documentOf([get, end], { edges: [{ from: 'get', to: 'end' }] }));
    const edges = changes.filter((change) => change.kind === 'edgeAdded');
    expect(withDocumentChanges(documentOf([get]), edges).edges).toEqual([]);
  });

  it('looks at each part of two large documents a fixed number of times', () => {
    const readsOf = (count: number): number => {
      let reads = 0;
      const counted = (): WorkflowDocument => {
        const nodes = Array.from({ length: count }, (_, at) => ({ ...get, id: `n${String(at)}` }));
        const edges = nodes.slice(1).map((one, at) => ({ from: `n${String(at)}`, to: one.id }));
        const document = documentOf(nodes, { edges });
        const watched = document.nodes.map(
          (one) => new Proxy(one, { get: (target, key) => (reads++, Reflect.get(target, key) as unknown) }),
        );
        return { ...document, nodes: watched };
      };
      differenceOf(counted(), counted());
      return reads;
    };
    expect(readsOf(1000)).toBe(10 * readsOf(100));
    expect(readsOf(1000)).toBeLessThan(40 * 1000);
  });
});
