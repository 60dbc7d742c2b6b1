import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { workflowDocumentSchema, type WorkflowDocument } from '../document.ts';
import { applyDocument, createDraft, draftMaps, readDraft, repairDraft } from './index.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

const documents = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
    nodes: fc.uniqueArray(
      fc.record({ id: fc.constantFrom(...ids), x: fc.integer(), y: fc.integer(), value: fc.jsonValue({ maxDepth: 2 }) }),
      { selector: (node) => node.id },
    ),
    edges: fc.array(fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids), output: fc.constantFrom('main', 'true') })),
  })
  .map(({ name, nodes, edges }): WorkflowDocument => {
    const known = new Set(nodes.map((node) => node.id));
    const seen = new Set<string>();
    return workflowDocumentSchema.parse({
      format: 'millwright.workflow/1',
      name,
      nodes: nodes.map((node) => ({
        id: node.id,
        name: node.id.toUpperCase(),
        type: 'core.editFields',
        version: 1,
        position: [node.x, node.y],
        parameters: { value: JSON.parse(JSON.stringify(node.value)) },
      })),
      edges: edges.filter((edge) => {
        const key = JSON.stringify(edge);
        if (!known.has(edge.from) || !known.has(edge.to) || seen.has(key)) return false;
        seen.add(key);
        return true;
      }),
    });
  });

/** A nested map of a node of a draft. */
function nested(draft: Y.Doc, id: string, field: string): Y.Map<unknown> {
  return draftMaps(draft).nodes.get(id)?.get(field) as Y.Map<unknown>;
}

describe('the draft', () => {
  it('says what the document said, whatever it was before', () => {
    fc.assert(
      fc.property(documents, documents, (first, second) => {
        const draft = createDraft(first);
        expect(readDraft(draft)).toEqual(first);
        applyDocument(draft, second);
        expect(readDraft(draft)).toEqual(second);
      }),
    );
  });

  it('makes no update for what did not change', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const draft = createDraft(document);
        let updates = 0;
        draft.on('update', () => updates++);
        applyDocument(draft, document);
        expect(updates).toBe(0);
      }),
    );
  });

  it('is a valid document on every side after any concurrent edits and a repair, and the same on all', () => {
    fc.assert(
      fc.property(documents, documents, documents, (base, left, right) => {
        const a = createDraft(base);
        const b = new Y.Doc();
        Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
        applyDocument(a, left);
        applyDocument(b, right);
        Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
        Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
        repairDraft(a);
        repairDraft(b);
        expect(workflowDocumentSchema.safeParse(readDraft(a)).error).toBeUndefined();
        expect(readDraft(a)).toEqual(readDraft(b));
        expect(repairDraft(a)).toBe(false);
      }),
    );
  });

  it('keeps two changes of two fields of one node', () => {
    const base = workflowDocumentSchema.parse({
      format: 'millwright.workflow/1',
      name: 'x',
      nodes: [{ id: 'a', name: 'A', type: 'http.request', version: 1, position: [0, 0], parameters: { url: 'u', method: 'GET' } }],
    });
    const a = createDraft(base);
    const b = new Y.Doc();
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    nested(a, 'a', 'parameters').set('url', 'changed');
    nested(b, 'a', 'parameters').set('method', 'POST');
    draftMaps(b).nodes.get('a')?.set('x', 80);
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    expect(readDraft(a).nodes[0]).toMatchObject({ parameters: { url: 'changed', method: 'POST' }, position: [80, 0] });
  });

  it('loses a broken setting, not the node', () => {
    const draft = createDraft(
      workflowDocumentSchema.parse({
        format: 'millwright.workflow/1',
        name: 'x',
        nodes: [{ id: 'a', name: 'A', type: 'core.manual', version: 1, position: [0, 0], settings: { notes: 'keep' } }],
      }),
    );
    nested(draft, 'a', 'settings').set('onError', 'explode');
    expect(readDraft(draft).nodes[0]?.settings).toMatchObject({ onError: 'stop', notes: 'keep' });
  });
});

describe('labels of lines in a draft', () => {
  const lines = (label?: string): WorkflowDocument =>
    workflowDocumentSchema.parse({
      format: 'millwright.workflow/1',
      name: 'x',
      nodes: ['a', 'b'].map((id) => ({ id, name: id, type: 'core.editFields', version: 1, position: [0, 0] })),
      edges: [{ from: 'a', to: 'b', ...(label === undefined ? {} : { label }) }],
    });
  const key = 'a:main->b:main';

  it('come, change and go with the document, and are kept beside the lines', () => {
    const draft = createDraft(lines('Paid'));
    expect(draftMaps(draft).edges.get(key)).toEqual({ from: 'a', output: 'main', to: 'b', input: 'main', rank: 0 });
    for (const document of [lines('Open'), lines(), lines('Paid')]) {
      applyDocument(draft, document);
      expect(readDraft(draft)).toEqual(document);
    }
  });

  it('are the same object until they change', () => {
    const draft = createDraft(lines('Paid'));
    const [before] = readDraft(draft).edges;
    expect(readDraft(draft).edges[0]).toBe(before);
    draftMaps(draft).labels.set(key, 'Open');
    expect(readDraft(draft).edges[0]).toEqual({ ...before, label: 'Open' });
  });

  it('both stay where one person labels a line and another moves its end elsewhere and back', () => {
    const a = createDraft(lines());
    const b = new Y.Doc();
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
    draftMaps(a).labels.set(key, 'Paid');
    draftMaps(b).edges.set(key, { from: 'a', output: 'main', to: 'b', input: 'main', rank: 5 });
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    expect(readDraft(a).edges).toEqual([{ from: 'a', output: 'main', to: 'b', input: 'main', label: 'Paid' }]);
  });

  it('of lines that somebody else deleted, and what is no label, are removed by the repair; others stay', () => {
    const draft = createDraft(lines('Paid'));
    const { labels, edges } = draftMaps(draft);
    labels.set('gone:main->b:main', 'Stray');
    expect(readDraft(draft).edges[0]?.label).toBe('Paid');
    expect(repairDraft(draft)).toBe(true);
    expect(labels.toJSON()).toEqual({ [key]: 'Paid' });
    for (const odd of ['', '\u0000', 7, 'x'.repeat(201)]) {
      labels.set(key, odd);
      expect(readDraft(draft).edges).toEqual(lines().edges);
      expect(repairDraft(draft)).toBe(true);
    }
    labels.set(key, 'Again');
    edges.delete(key);
    expect(repairDraft(draft)).toBe(true);
    expect(labels.size).toBe(0);
    expect(repairDraft(draft)).toBe(false);
  });
});

it('a draft reads as a document that Postgres takes, whatever was pasted into it', () => {
  const draft = new Y.Doc();
  const document = workflowDocumentSchema.parse({
    format: 'millwright.workflow/1',
    name: 'Pasted \u0000',
    nodes: [
      {
        id: 'a',
        name: 'A\u0000',
        type: 'core.manual',
        version: 1,
        position: [0, 0],
        parameters: { 'k\u0000': ['x\u0000y', '\ud800'], n: 1 },
      },
    ],
  });
  applyDocument(draft, document);
  expect(readDraft(draft)).toMatchObject({ name: 'Pasted ', nodes: [{ name: 'A', parameters: { k: ['xy', '\ufffd'], n: 1 } }] });
});
