import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation, WorkflowDocument } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';
import type { DraftChange } from '../../document/changes.ts';
import { withChanges } from '../../document/with-changes.ts';
import { testCatalog, testDocument } from '../../testing.ts';
import { collapsedIn, collapsedView, hiddenBy } from './collapsed-view.ts';
import { planDropAny, planGroup, planMoveAny, sectionsMeant } from './section-plans.ts';
import { sectionsOf, withMembers } from './sections.ts';

const row = testDocument(
  [
    ['t', 'test.trigger', 0, 0],
    ['a', 'test.step', 320, 0],
    ['b', 'test.step', 640, 0],
    ['m', 'test.map', 960, 0],
    ['in', 'test.step', 1120, 80, {}, 'm'],
    ['z', 'test.step', 1800, 0],
  ],
  ['t>a', 'a>b', 'b>m', 'm.each>in', 'in>m.collect', 'm>z', 'a>z'],
);

function grouped(document: WorkflowDocument, ids: readonly string[], sectionId = 's'): WorkflowDocument {
  const plan = planGroup(document, testCatalog, { ids: new Set(ids), sectionId, color: 'blue' });
  if (typeof plan === 'string') throw new Error(plan);
  return withChanges(document, plan);
}

const positions = (document: WorkflowDocument) => Object.fromEntries(document.nodes.map((node) => [node.id, node.position]));
const membersOf = (document: WorkflowDocument, id = 's') =>
  sectionsOf(document, testCatalog)
    .find(id)
    ?.members.map((node) => node.id);

describe('grouping steps', () => {
  it('puts a frame around them that holds all of them, on the grid, and moves nothing', () => {
    const document = grouped(row, ['a', 'b']);
    expect(membersOf(document)).toEqual(['a', 'b']);
    expect(positions(document)).toEqual(positions(row));
    expect(document.annotations[0]).toMatchObject({ kind: 'section', position: [296, -64], members: ['a', 'b'] });
  });

  it('takes containers whole, and refuses steps inside of one and no steps', () => {
    expect(membersOf(grouped(row, ['b', 'm', 'in']))).toEqual(['b', 'm']);
    expect(planGroup(row, testCatalog, { ids: new Set(['a', 'in']), sectionId: 's', color: 'blue' })).toBe('groupInside');
    expect(planGroup(row, testCatalog, { ids: new Set(['ghost']), sectionId: 's', color: 'blue' })).toBe('groupNothing');
  });

  it('takes steps over from another section, which goes when nothing is left in it', () => {
    const first = grouped(row, ['a', 'b']);
    const second = grouped(first, ['b', 'z'], 's2');
    expect([membersOf(second), membersOf(second, 's2')]).toEqual([['a'], ['b', 'z']]);
    const third = grouped(second, ['a', 'z'], 's3');
    expect(third.annotations.map(({ id }) => id)).toEqual(['s2', 's3']);
  });

  it('means the section by itself or by any of its steps', () => {
    const document = grouped(row, ['a', 'b']);
    expect(sectionsMeant(document, testCatalog, new Set(['b']))).toEqual(['s']);
    expect(sectionsMeant(document, testCatalog, new Set(['s']))).toEqual(['s']);
    expect([...withMembers(document, testCatalog, new Set(['s']))].toSorted()).toEqual(['a', 'b', 's']);
  });
});

describe('moving', () => {
  it('a section takes its steps and what their containers hold along, by the same distance', () => {
    const document = grouped(row, ['b', 'm']);
    const box = sectionsOf(document, testCatalog).find('s')?.box ?? { x: 0, y: 0 };
    const after = withChanges(document, planMoveAny(document, testCatalog, [{ nodeId: 's', to: { x: box.x + 80, y: box.y + 43 } }]));
    const moved = Object.entries(positions(after)).filter(
      ([id, at]) => at[0] !== positions(row)[id]?.[0] || at[1] !== positions(row)[id]?.[1],
    );
    expect(moved.map(([id, at]) => [id, at[0] - (positions(row)[id]?.[0] ?? 0), at[1] - (positions(row)[id]?.[1] ?? 0)])).toEqual([
      ['b', 80, 40],
      ['m', 80, 40],
      ['in', 80, 40],
    ]);
  });

  it('a step dropped on a section joins it, one dropped outside leaves it, a collapsed one takes none', () => {
    const document = grouped(row, ['a', 'b']);
    const drop = (from: WorkflowDocument, id: string, x: number, y: number, collapsed: readonly string[] = []): WorkflowDocument =>
      withChanges(from, planDropAny(from, testCatalog, { moves: [{ nodeId: id, to: { x, y } }], collapsed: new Set(collapsed) }));
    expect(membersOf(drop(document, 'z', 480, 0))).toEqual(['a', 'b', 'z']);
    expect(membersOf(drop(document, 'b', 640, 800))).toEqual(['a']);
    expect(membersOf(drop(document, 'b', 648, 0))).toEqual(['a', 'b']);
    expect(membersOf(drop(document, 'z', 480, 0, ['s']))).toEqual(['a', 'b']);
  });
});

const section = (members: readonly string[], id = 's'): Annotation => ({
  id,
  kind: 'section',
  position: [0, 0],
  size: [100, 100],
  text: 'S',
  color: 'blue',
  members: [...members],
});

describe('a collapsed section', () => {
  const some = fc.subarray(['t', 'a', 'b', 'm', 'z', 'ghost', 'in']);

  it('is one card whose lines lead where those of its steps led; the document stays as it is', () => {
    fc.assert(
      fc.property(some, some, (first, second) => {
        const document = { ...row, annotations: [section(first), section(second, 's2')] };
        const before = structuredClone(document);
        const shown = collapsedView(document, testCatalog, new Set(['s', 's2']));
        expect(document).toEqual(before);
        const ids = new Set(shown.nodes.map((node) => node.id));
        for (const edge of shown.edges) expect(ids.has(edge.from) && ids.has(edge.to) && edge.from !== edge.to).toBe(true);
        expect(new Set(shown.edges.map(edgeKey)).size).toBe(shown.edges.length);
        const hidden = (nodeId: string) => hiddenBy(document, testCatalog, { nodeId, collapsed: new Set(['s', 's2']) });
        for (const node of row.nodes) expect(ids.has(node.id)).toBe(hidden(node.id) === null);
        for (const { from, to } of row.edges) {
          const [start, end] = [hidden(from) ?? from, hidden(to) ?? to];
          expect(start === end || shown.edges.some((edge) => edge.from === start && edge.to === end)).toBe(true);
        }
        expect(collapsedView(document, testCatalog, new Set())).toBe(document);
      }),
    );
  });

  it('is the same object until something changes, so that no card is drawn twice', () => {
    const document = { ...row, annotations: [section(['a', 'b'])] };
    const collapsed = collapsedIn(document, new Map([['s', true]]));
    expect(collapsedView(document, testCatalog, collapsed)).toBe(collapsedView(document, testCatalog, collapsed));
    const changes: DraftChange[] = [{ kind: 'moveNode', nodeId: 'z', position: [8, 8] }];
    const card = (of: WorkflowDocument) => collapsedView(of, testCatalog, collapsed).nodes.find((node) => node.id === 's');
    expect(card(withChanges(document, changes))).toBe(card(document));
  });

  it('is collapsed as the person chose, else as the document says', () => {
    const document = { ...row, annotations: [{ ...section(['a']), isCollapsed: true }, section(['b'], 's2')] };
    expect([...collapsedIn(document, new Map())]).toEqual(['s']);
    expect([
      ...collapsedIn(
        document,
        new Map([
          ['s', false],
          ['s2', true],
        ]),
      ),
    ]).toEqual(['s2']);
  });
});
