import { DOCUMENT_FORMAT, type WorkflowDocument, workflowDocumentSchema } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';

const node = (id: string, x: number, rest: object = {}) => ({
  id,
  name: id,
  type: 'core.editFields',
  version: 1,
  position: [x, 0],
  ...rest,
});

function documentOf(nodes: readonly object[], rest: object = {}): WorkflowDocument {
  return workflowDocumentSchema.parse({ format: DOCUMENT_FORMAT, name: 'Orders', nodes, ...rest });
}

const before = documentOf(
  [node('start', 0), node('gone', 200), node('same', 400), node('moved', 600), node('edited', 800, { parameters: { url: 'a' } })],
  {
    edges: [
      { from: 'start', to: 'gone' },
      { from: 'start', to: 'same' },
    ],
    annotations: [{ id: 'note', kind: 'note', position: [0, 0], size: [1, 1], text: 'x' }],
  },
);
const after = documentOf(
  [node('start', 0), node('same', 400), node('moved', 640), node('edited', 900, { parameters: { url: 'b' } }), node('fresh', 100)],
  {
    edges: [
      { from: 'start', to: 'fresh' },
      { from: 'start', to: 'same' },
    ],
    annotations: [{ id: 'note', kind: 'note', position: [9, 0], size: [1, 1], text: 'x' }],
    settings: { timezone: 'Europe/Berlin' },
  },
);

describe('the comparison of two states', () => {
  it('shows everything that is in one of them, with a mark for what differs', () => {
    const { union, nodeMarks, edgeMarks, counts } = compareDocuments(before, after);
    expect(union.nodes.map(({ id }) => id)).toEqual(['start', 'same', 'moved', 'edited', 'fresh', 'gone']);
    expect(union.edges).toHaveLength(3);
    expect(Object.fromEntries(nodeMarks)).toEqual({ gone: 'removed', moved: 'moved', edited: 'changed', fresh: 'added' });
    expect(Object.fromEntries(edgeMarks)).toEqual({ 'start:main->gone:main': 'removed', 'start:main->fresh:main': 'added' });
    expect(counts).toEqual({ added: 1, removed: 1, changed: 1, moved: 1 });
  });

  it('leads through the changes from left to right, then through notes, lines and the workflow itself', () => {
    const keys = compareDocuments(before, after).groups.map(({ key }) => key);
    expect(keys).toEqual(['nodes/fresh', 'nodes/gone', 'nodes/moved', 'nodes/edited', 'annotations/note', 'edges', 'workflow']);
  });

  it('counts what was only put elsewhere as the same when moves are hidden', () => {
    const { nodeMarks, noteMarks, groups, counts } = compareDocuments(before, after, { hidesMoved: true });
    expect(compareDocuments(before, after).noteMarks.get('note')).toBe('moved');
    expect(noteMarks.size).toBe(0);
    expect(nodeMarks.has('moved')).toBe(false);
    expect(nodeMarks.get('edited')).toBe('changed');
    expect(groups.map(({ key }) => key)).toEqual(['nodes/fresh', 'nodes/gone', 'nodes/edited', 'edges', 'workflow']);
    expect(counts.moved).toBe(0);
    expect(groups.flatMap(({ changes }) => changes.map(({ kind }) => kind))).not.toContain('nodeMoved');
  });

  it('is a document that can be drawn: every line and every frame has both its ends', () => {
    const framed = documentOf([node('frame', 0), node('inner', 10, { parent: 'frame' })]);
    const { union } = compareDocuments(framed, documentOf([node('frame', 0)]));
    expect(workflowDocumentSchema.parse(union)).toEqual(union);
    expect(union.nodes.find(({ id }) => id === 'inner')?.parent).toBe('frame');
  });

  it('draws a removed step below the one that took its place', () => {
    const { union } = compareDocuments(documentOf([node('old', 0), node('older', 8)]), documentOf([node('new', 0)]));
    expect(union.nodes.map(({ id, position }) => [id, ...position])).toEqual([
      ['new', 0, 0],
      ['old', 0, 88],
      ['older', 8, 176],
    ]);
  });

  it('of the same state twice has no changes', () => {
    expect(compareDocuments(before, structuredClone(before)).groups).toEqual([]);
  });

  it('marks a line that says something else, and no step for it', () => {
    const line = (label?: string): WorkflowDocument =>
      documentOf([node('a', 0), node('b', 300)], { edges: [{ from: 'a', to: 'b', ...(label === undefined ? {} : { label }) }] });
    const { edgeMarks, groups, counts, union } = compareDocuments(line('Paid'), line('Open'));
    expect([...edgeMarks]).toEqual([['a:main->b:main', 'changed']]);
    expect(groups.map(({ key, mark }) => [key, mark])).toEqual([['edges', 'changed']]);
    expect(Object.values(counts)).toEqual([0, 0, 0, 0]);
    expect(union.edges.map(({ label }) => label)).toEqual(['Open']);
  });
});
