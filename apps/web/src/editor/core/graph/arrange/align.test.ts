import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation, WorkflowDocument } from '@millwright/workflow';
import { withChanges } from '../../document/with-changes.ts';
import { testCatalog, testDocument, type TestNode } from '../../testing.ts';
import { boxOfAny } from '../annotations/sections.ts';
import { doOverlap, type Box } from '../geometry.ts';
import { type Alignment, planAlign, planDistribute } from './align.ts';

const TYPES = ['test.step', 'test.branch', 'test.switch', 'test.map'] as const;
const place = fc.integer({ min: -60, max: 60 }).map((cell) => cell * 8);

/** Steps, containers and notes of several sizes, anywhere on the grid. */
const documents = fc
  .record({
    nodes: fc.array(fc.tuple(fc.constantFrom(...TYPES), place, place), { minLength: 2, maxLength: 8 }),
    notes: fc.array(fc.tuple(place, place, fc.integer({ min: 15, max: 60 })), { maxLength: 3 }),
  })
  .map(({ nodes, notes }): WorkflowDocument => {
    const cases = Array.from({ length: 5 }, (_, index) => ({ id: `c${index}`, name: 'C' }));
    const plain = testDocument(
      nodes.map(([type, x, y], index): TestNode => [`n${index}`, type, x, y, type === 'test.switch' ? { cases } : {}]),
    );
    const annotations = notes.map(([x, y, size], index): Annotation => ({
      id: `note${index}`,
      kind: 'note',
      position: [x, y],
      size: [size * 8, size * 8],
      text: '',
      color: 'yellow',
    }));
    return { ...plain, annotations };
  });

function all(document: WorkflowDocument): ReadonlySet<string> {
  return new Set([...document.nodes, ...document.annotations].map(({ id }) => id));
}

function boxes(document: WorkflowDocument): readonly Box[] {
  return [...all(document)].flatMap((id) => boxOfAny(document, testCatalog, id) ?? []);
}

const ALIGNMENTS: readonly Alignment[] = ['left', 'center', 'right', 'top', 'middle', 'bottom'];

const LINES: Readonly<Record<Alignment, (box: Box) => number>> = {
  left: ({ x }) => x,
  center: ({ x, width }) => x + width / 2,
  right: ({ x, width }) => x + width,
  top: ({ y }) => y,
  middle: ({ y, height }) => y + height / 2,
  bottom: ({ y, height }) => y + height,
};

describe('putting things in line', () => {
  it('puts all on one line, as near as the grid lets them, and changes nothing when it is done again', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(...ALIGNMENTS), (document, alignment) => {
        const after = withChanges(document, planAlign(document, testCatalog, { ids: all(document), alignment }));
        const lines = boxes(after).map(LINES[alignment]);
        expect(Math.max(...lines) - Math.min(...lines)).toBeLessThanOrEqual(8);
        expect(planAlign(after, testCatalog, { ids: all(after), alignment })).toEqual([]);
        expect(after.nodes.flatMap((node) => node.position).every((value) => value % 8 === 0)).toBe(true);
      }),
    );
  });

  it('moves nothing on the other axis', () => {
    const document = testDocument([
      ['a', 'test.step', 0, 0],
      ['b', 'test.step', 400, 72],
    ]);
    const after = withChanges(document, planAlign(document, testCatalog, { ids: new Set(['a', 'b']), alignment: 'top' }));
    expect(after.nodes.map((node) => node.position)).toEqual([
      [0, 0],
      [400, 0],
    ]);
    expect(planAlign(document, testCatalog, { ids: new Set(['a']), alignment: 'top' })).toEqual([]);
  });

  it('takes what a container holds along', () => {
    const document = testDocument([
      ['m', 'test.map', 320, 80],
      ['in', 'test.step', 480, 160, {}, 'm'],
      ['a', 'test.step', 0, 0],
    ]);
    const after = withChanges(document, planAlign(document, testCatalog, { ids: new Set(['m', 'in', 'a']), alignment: 'left' }));
    expect(after.nodes.map((node) => node.position[0])).toEqual([0, 160, 0]);
  });
});

describe('making the space equal', () => {
  it('lays nothing on anything, keeps the first where it is, and changes nothing when it is done again', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom('horizontal', 'vertical'), (document, axis) => {
        const ids = all(document);
        fc.pre(ids.size > 2);
        const after = withChanges(document, planDistribute(document, testCatalog, { ids, axis }));
        expect(planDistribute(after, testCatalog, { ids, axis })).toEqual([]);
        const starts = boxes(after).map((box) => (axis === 'horizontal' ? { ...box, y: 0, height: 1 } : { ...box, x: 0, width: 1 }));
        for (const [index, box] of starts.entries()) for (const other of starts.slice(index + 1)) expect(doOverlap(box, other)).toBe(false);
        const least = (list: readonly Box[]): number => Math.min(...list.map((box) => (axis === 'horizontal' ? box.x : box.y)));
        expect(least(boxes(after))).toBe(least(boxes(document)));
      }),
    );
  });

  it('needs three, and keeps both ends where there is room', () => {
    const document = testDocument([
      ['a', 'test.step', 0, 0],
      ['b', 'test.step', 264, 0],
      ['c', 'test.step', 880, 0],
    ]);
    expect(planDistribute(document, testCatalog, { ids: new Set(['a', 'b']), axis: 'horizontal' })).toEqual([]);
    const after = withChanges(document, planDistribute(document, testCatalog, { ids: new Set(['a', 'b', 'c']), axis: 'horizontal' }));
    expect(after.nodes.map((node) => node.position[0])).toEqual([0, 440, 880]);
  });
});
