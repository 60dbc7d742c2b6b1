import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../../document/changes.ts';
import { planGrowth, type Move } from '../frames.ts';
import { boundsOf, GRID, type Box } from '../geometry.ts';
import { layoutOf } from '../layout.ts';
import { planMoveAny } from '../annotations/section-plans.ts';
import { boxOfAny, sectionsOf } from '../annotations/sections.ts';

/** Edges and middles that things can be lined up by. */
export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

/** Directions in which equal space is made. */
export type Axis = 'horizontal' | 'vertical';

interface Placed {
  readonly id: string;
  readonly box: Box;
}

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** Never beyond a line that others are put on: it would then be another line the next time. */
function gridBefore(value: number): number {
  return Math.floor(value / GRID) * GRID;
}

/** What is chosen, without that which moves along with something else that is chosen. */
function chosenBoxes(document: WorkflowDocument, catalog: NodeTypeCatalog, ids: ReadonlySet<string>): readonly Placed[] {
  const { within } = layoutOf(document, catalog);
  const sections = sectionsOf(document, catalog);
  const carried = new Set([...ids].flatMap((id) => [...within(id), ...(sections.find(id)?.members.map((node) => node.id) ?? [])]));
  return [...ids].flatMap((id) => {
    const box = carried.has(id) ? undefined : boxOfAny(document, catalog, id);
    return box ? [{ id, box }] : [];
  });
}

/** The line that middles are put on: where the largest one stands on the grid, so that doing it again changes nothing. */
function middleLine(placed: readonly Placed[], all: Box, side: 'width' | 'height'): number {
  const largest = Math.max(...placed.map(({ box }) => box[side]));
  const start = side === 'width' ? all.x : all.y;
  return onGrid(start + (all[side] - largest) / 2) + largest / 2;
}

function targetOf(placed: readonly Placed[], alignment: Alignment): (box: Box) => { readonly x: number; readonly y: number } {
  const all = boundsOf(placed.map(({ box }) => box)) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [right, bottom] = [all.x + all.width, all.y + all.height];
  switch (alignment) {
    case 'left':
      return ({ y }) => ({ x: all.x, y });
    case 'right':
      return ({ y, width }) => ({ x: gridBefore(right - width), y });
    case 'top':
      return ({ x }) => ({ x, y: all.y });
    case 'bottom':
      return ({ x, height }) => ({ x, y: gridBefore(bottom - height) });
    case 'center': {
      const line = middleLine(placed, all, 'width');
      return ({ y, width }) => ({ x: onGrid(line - width / 2), y });
    }
    case 'middle': {
      const line = middleLine(placed, all, 'height');
      return ({ x, height }) => ({ x, y: onGrid(line - height / 2) });
    }
  }
}

function planned(document: WorkflowDocument, catalog: NodeTypeCatalog, moves: readonly Move[]): DraftChange[] {
  const changes = planMoveAny(document, catalog, moves);
  return changes.length === 0 ? [] : [...changes, ...planGrowth(document, catalog, changes)];
}

/** Lines up steps, notes and sections; nothing where fewer than two are chosen. */
export function planAlign(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { ids, alignment }: { readonly ids: ReadonlySet<string>; readonly alignment: Alignment },
): DraftChange[] {
  const placed = chosenBoxes(document, catalog, ids);
  if (placed.length < 2) return [];
  const target = targetOf(placed, alignment);
  return planned(
    document,
    catalog,
    placed.map(({ id, box }) => ({ nodeId: id, to: target(box) })),
  );
}

/** Places along one axis with the same space between all; where there is none, the last one moves away. */
function spread(boxes: readonly { readonly start: number; readonly length: number }[]): readonly number[] {
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (!first || !last) return [];
  const inner = boxes.slice(0, -1).reduce((sum, box) => sum + box.length, 0);
  const spaces = boxes.length - 1;
  const least = first.start + inner + spaces * GRID;
  const end = last.start >= least ? last.start : Math.ceil(least / GRID) * GRID;
  const space = (end - first.start - inner) / spaces;
  let at = first.start;
  return boxes.map((box, index) => {
    const place = index === 0 ? first.start : index === spaces ? end : onGrid(at);
    at += box.length + space;
    return place;
  });
}

/** Makes the space between steps, notes and sections equal; nothing where fewer than three are chosen. */
export function planDistribute(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { ids, axis }: { readonly ids: ReadonlySet<string>; readonly axis: Axis },
): DraftChange[] {
  const isAcross = axis === 'horizontal';
  const startOf = ({ box }: Placed): number => (isAcross ? box.x : box.y);
  const placed = chosenBoxes(document, catalog, ids).toSorted((a, b) => startOf(a) - startOf(b) || a.id.localeCompare(b.id));
  if (placed.length < 3) return [];
  const places = spread(placed.map((one) => ({ start: startOf(one), length: isAcross ? one.box.width : one.box.height })));
  return planned(
    document,
    catalog,
    placed.map(({ id, box }, index) => {
      const at = places[index] ?? 0;
      return { nodeId: id, to: isAcross ? { x: at, y: box.y } : { x: box.x, y: at } };
    }),
  );
}
