import fc from 'fast-check';
import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '@millwright/workflow';
import { withChanges } from '../../document/with-changes.ts';
import { testCatalog, testDocument, type TestNode } from '../../testing.ts';
import { doOverlap } from '../geometry.ts';
import { layoutOf } from '../layout.ts';
import { sectionsOf } from '../annotations/sections.ts';
import { planTidy } from './plan-tidy.ts';
import type { Arrange } from './tidy-graph.ts';

const elk = new ELK({ algorithms: ['layered'] });
/** The same library as in the page, without the worker. */
const arrange: Arrange = async (graph) => {
  const { children = [] } = await elk.layout(structuredClone(graph) as unknown as Parameters<typeof elk.layout>[0]);
  return new Map(children.map((shape) => [shape.id, { x: shape.x ?? 0, y: shape.y ?? 0 }]));
};

async function tidied(document: WorkflowDocument, ids: readonly string[] | null = null): Promise<WorkflowDocument> {
  const changes = await planTidy(document, testCatalog, { ids: ids && new Set(ids), arrange });
  return withChanges(document, changes);
}

/** Pairs of things on one level that lie on each other. */
function overlaps(document: WorkflowDocument): readonly string[] {
  const { parentOf, boxOf } = layoutOf(document, testCatalog);
  const sections = sectionsOf(document, testCatalog);
  const things = [
    ...document.nodes.map((node) => ({
      id: node.id,
      level: parentOf(node.id) ?? sections.holding(node.id)?.annotation.id ?? 'root',
      box: boxOf(node),
    })),
    ...sections.all.map(({ annotation, box }) => ({ id: annotation.id, level: 'root', box })),
  ];
  return things.flatMap((one, index) =>
    things
      .slice(index + 1)
      .filter((other) => other.level === one.level && doOverlap(one.box, other.box))
      .map((other) => `${one.id} ${other.id}`),
  );
}

function placeOf(document: WorkflowDocument, id: string): readonly number[] {
  return document.nodes.find((node) => node.id === id)?.position ?? [];
}

const TYPES = ['test.step', 'test.branch', 'test.map'] as const;

/** Random graphs without circles: lines lead from earlier steps to later ones; containers hold some of those behind them. */
const graphs = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      x: fc.integer({ min: 0, max: 150 }),
      y: fc.integer({ min: 0, max: 100 }),
      from: fc.nat(),
      second: fc.option(fc.nat()),
      inside: fc.boolean(),
    }),
    { minLength: 2, maxLength: 14 },
  )
  .map((raw) => {
    const parents: (string | undefined)[] = [];
    const nodes = raw.map(({ type, x, y, inside }, index): TestNode => {
      const earlier = raw.slice(0, index).findIndex((one) => one.type === 'test.map');
      parents.push(inside && earlier >= 0 ? `n${earlier}` : undefined);
      const parent = parents[index];
      return parent === undefined ? [`n${index}`, type, x * 8, y * 8] : [`n${index}`, type, x * 8, y * 8, {}, parent];
    });
    const edges = raw.flatMap(({ from, second }, index) =>
      index === 0
        ? []
        : [from % index, ...(second === null ? [] : [second % index])]
            .filter((start) => parents[start] === parents[index])
            .map((start) => `n${start}${raw[start]?.type === 'test.branch' ? '.true' : ''}>n${index}`),
    );
    return testDocument(nodes, [...new Set(edges)]);
  });

describe('putting steps in order', () => {
  it('lays nothing on anything else, everything on the grid, and what follows to the right', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (document) => {
        const after = await tidied(document);
        expect(overlaps(after)).toEqual([]);
        expect(after.nodes.flatMap((node) => node.position).every((value) => value % 8 === 0)).toBe(true);
        const { boxOf } = layoutOf(after, testCatalog);
        const boxes = new Map(after.nodes.map((node) => [node.id, boxOf(node)]));
        for (const { from, to } of after.edges) {
          const [start, end] = [boxes.get(from), boxes.get(to)];
          expect(start && end && start.x + start.width <= end.x).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leads a loop back to its beginning, and only that line goes to the left', async () => {
    const loop = testDocument(
      [
        ['t', 'test.trigger', 640, 80],
        ['body', 'test.step', 0, 0],
        ['l', 'test.loop', 320, 400],
        ['end', 'test.step', 0, 200],
      ],
      ['t>l', 'l.loop>body', 'body>l.back', 'l>end'],
    );
    const after = await tidied(loop);
    const [trigger, start, body] = ['t', 'l', 'body'].map((id) => placeOf(after, id)[0] ?? 0);
    expect(trigger).toBeLessThan(start ?? 0);
    expect(start).toBeLessThan(body ?? 0);
  });

  it('keeps what stands above above: the ways out of a step come in their order', async () => {
    const branch = testDocument(
      [
        ['no', 'test.step', 800, 0],
        ['yes', 'test.step', 800, 400],
        ['b', 'test.branch', 0, 0],
      ],
      ['b.false>no', 'b.true>yes'],
    );
    const after = await tidied(branch);
    expect(placeOf(after, 'yes')[1]).toBeLessThan(placeOf(after, 'no')[1] ?? 0);
  });

  it('keeps sections around their steps, and leaves notes alone', async () => {
    const plain = testDocument(
      [
        ['t', 'test.trigger', 0, 0],
        ['a', 'test.step', 80, 8],
        ['b', 'test.step', 120, 16],
        ['z', 'test.step', 160, 24],
      ],
      ['t>a', 'a>b', 'b>z'],
    );
    const note = { id: 'n', kind: 'note', position: [8, 8], size: [200, 100], text: 'x', color: 'yellow' } as const;
    const section = { id: 's', kind: 'section', position: [40, 0], size: [100, 100], text: 'S', color: 'blue' } as const;
    const document: WorkflowDocument = {
      ...plain,
      annotations: [
        { ...note, position: [8, 8], size: [200, 100] },
        { ...section, position: [40, 0], size: [100, 100], members: ['a', 'b'] },
      ],
    };
    const after = await tidied(document);
    expect(overlaps(after)).toEqual([]);
    expect(after.annotations[0]).toEqual(document.annotations[0]);
    const { box } = sectionsOf(after, testCatalog).all[0] ?? { box: null };
    expect(box && [box.x, box.width]).toEqual([
      (placeOf(after, 'a')[0] ?? 0) - 24,
      (placeOf(after, 'b')[0] ?? 0) - (placeOf(after, 'a')[0] ?? 0) + 240 + 48,
    ]);
    expect(await planTidy(after, testCatalog, { ids: null, arrange })).toEqual([]);
  });

  it('of a few steps moves only those, and lays them on no other', async () => {
    const document = testDocument(
      [
        ['a', 'test.step', 0, 0],
        ['b', 'test.step', 8, 8],
        ['c', 'test.step', 320, 0],
      ],
      ['a>b'],
    );
    const after = await tidied(document, ['a', 'b']);
    expect(placeOf(after, 'c')).toEqual([320, 0]);
    expect(overlaps(after)).toEqual([]);
  });

  it('changes nothing where the arrangement is refused or leaves something out', async () => {
    const document = testDocument([
      ['a', 'test.step'],
      ['b', 'test.step'],
    ]);
    await expect(planTidy(document, testCatalog, { ids: null, arrange: () => Promise.reject(new Error('no')) })).rejects.toThrow('no');
    await expect(planTidy(document, testCatalog, { ids: null, arrange: () => Promise.resolve(new Map()) })).rejects.toThrow(
      'left steps out',
    );
  });
});
