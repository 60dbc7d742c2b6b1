import type { Edge, NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { BACK_LINE, type Point } from '../geometry.ts';
import { layoutOf } from '../layout.ts';
import { portPoint } from './port-places.ts';

/** Width of a cell of the grid, canvas px. */
const CELL = 128;
/** Farthest that a point may be from a line to be on it, canvas px. */
const NEAR_LINE = 28;

interface Stretch {
  readonly edge: Edge;
  readonly start: Point;
  readonly end: Point;
}

/** Lines by place: which one is under the pointer is asked of a few cells, however large the graph is. */
export interface EdgeIndex {
  /** The nearest line at a point, those of `except` left out; null where none is near. */
  readonly at: (point: Point, except?: (edge: Edge) => boolean) => Edge | null;
}

/** How a line is drawn: out of the port, across in the middle, into the port; one that leads back runs below the cards. */
function cornersOf(from: Point, to: Point): readonly Point[] {
  const middle = (from.x + to.x) / 2;
  if (to.x > from.x - BACK_LINE.side) return [from, { x: middle, y: from.y }, { x: middle, y: to.y }, to];
  const [right, left] = [from.x + BACK_LINE.side, to.x - BACK_LINE.side];
  const below = Math.max(from.y, to.y) + BACK_LINE.below;
  return [from, { x: right, y: from.y }, { x: right, y: below }, { x: left, y: below }, { x: left, y: to.y }, to];
}

function stretchesOf(edge: Edge, from: Point, to: Point): readonly Stretch[] {
  const corners = cornersOf(from, to);
  return corners.slice(1).flatMap((end, index) => {
    const start = corners[index];
    return start === undefined ? [] : [{ edge, start, end }];
  });
}

function distance({ x, y }: Point, { start, end }: Stretch): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - start.x) * dx + (y - start.y) * dy) / length));
  return Math.hypot(x - start.x - along * dx, y - start.y - along * dy);
}

function cellsOf({ start, end }: Stretch): readonly string[] {
  const cell = (value: number): number => Math.floor(value / CELL);
  const [left, right] = [cell(Math.min(start.x, end.x) - NEAR_LINE), cell(Math.max(start.x, end.x) + NEAR_LINE)];
  const [top, bottom] = [cell(Math.min(start.y, end.y) - NEAR_LINE), cell(Math.max(start.y, end.y) + NEAR_LINE)];
  const keys: string[] = [];
  for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) keys.push(`${x},${y}`);
  return keys;
}

function createIndex(document: WorkflowDocument, catalog: NodeTypeCatalog): EdgeIndex {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const { boxOf } = layoutOf(document, catalog);
  const cells = new Map<string, Stretch[]>();
  for (const edge of document.edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to) continue;
    const start = portPoint(from, catalog.get(from.type, from.version), { box: boxOf(from), side: 'output', port: edge.output });
    const end = portPoint(to, catalog.get(to.type, to.version), { box: boxOf(to), side: 'input', port: edge.input });
    for (const stretch of stretchesOf(edge, start, end))
      for (const key of cellsOf(stretch)) {
        const cell = cells.get(key);
        if (cell) cell.push(stretch);
        else cells.set(key, [stretch]);
      }
  }
  return {
    at: (point, except = () => false) => {
      const cell = cells.get(`${Math.floor(point.x / CELL)},${Math.floor(point.y / CELL)}`) ?? [];
      let nearest: Edge | null = null;
      let best = NEAR_LINE;
      for (const stretch of cell) {
        const far = distance(point, stretch);
        if (far > best || except(stretch.edge)) continue;
        best = far;
        nearest = stretch.edge;
      }
      return nearest;
    },
  };
}

const indices = new WeakMap<WorkflowDocument, { readonly catalog: NodeTypeCatalog; readonly index: EdgeIndex }>();

/** The lines of a document by place; made once for each document. */
export function edgeIndexOf(document: WorkflowDocument, catalog: NodeTypeCatalog): EdgeIndex {
  const known = indices.get(document);
  if (known?.catalog === catalog) return known.index;
  const index = createIndex(document, catalog);
  indices.set(document, { catalog, index });
  return index;
}
