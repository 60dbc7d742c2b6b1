import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { findNode } from '../graph-queries.ts';
import type { Box, Point } from '../geometry.ts';
import { MANY_PORTS, portPlaces } from '../edges/port-places.ts';
import { forwardLinks, innerEnd, type Level, type Link } from './tidy-levels.ts';

/** Options of whoever arranges, by name. */
type Options = Readonly<Record<string, string>>;

/** A port of a shape, px from its corner. */
interface TidyPort extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly layoutOptions: Options;
}

/** Something that gets a place. */
export interface TidyShape {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly ports: readonly TidyPort[];
  readonly layoutOptions: Options;
}

/** One level as the graph that is arranged: plain data, in the JSON format of ELK (eclipse.dev/elk, "JSON format"). */
export interface TidyGraph {
  readonly id: string;
  readonly children: readonly TidyShape[];
  readonly edges: readonly { readonly id: string; readonly sources: readonly string[]; readonly targets: readonly string[] }[];
  readonly layoutOptions: Options;
}

/** Gives each shape of a graph its place; refuses with words where it cannot. */
export type Arrange = (graph: TidyGraph) => Promise<ReadonlyMap<string, Point>>;

/** From the left to the right, in layers; what the space between cards is, px. */
const OPTIONS: Options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'POLYLINE',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.componentComponent': '64',
  'elk.layered.spacing.nodeNodeBetweenLayers': '80',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Added to a card whose outputs have their names beside it, px. */
const NAMES = 104;

/** The port's dot may be anywhere on its side: its place is given. */
const FIXED: Options = { 'elk.portConstraints': 'FIXED_POS' };

function portId(element: string, side: 'input' | 'output', port: string): string {
  return `${element}|${side}|${port}`;
}

function shapeOf(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  element: { readonly id: string; readonly box: Box; readonly used: ReadonlySet<string> },
): TidyShape {
  const node = findNode(document, element.id);
  const { width, height } = element.box;
  if (!node) return { id: element.id, width, height, ports: [], layoutOptions: {} };
  const places = portPlaces(node, catalog.get(node.type, node.version), element.box);
  const hasNames = places.some((place) => place.side === 'output' && place.count >= MANY_PORTS);
  const wide = width + (hasNames ? NAMES : 0);
  const ports = places
    .map((place) => ({ ...place, id: portId(node.id, place.side, place.port.name) }))
    .filter(({ id }) => element.used.has(id))
    .map(({ id, side, y }) => ({
      id,
      x: side === 'input' ? 0 : wide,
      y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side === 'input' ? 'WEST' : 'EAST' },
    }));
  return { id: node.id, width: wide, height, ports, layoutOptions: ports.length > 0 ? FIXED : {} };
}

/** Ports of the inside of a container stand at the far left and right. */
function endShape(id: string): TidyShape {
  const constraint = id.startsWith(innerEnd('out', '')) ? 'FIRST' : 'LAST';
  return { id, width: 1, height: 1, ports: [], layoutOptions: { 'elk.layered.layering.layerConstraint': constraint } };
}

function endsOf(link: Link, ports: ReadonlySet<string>): { readonly source: string; readonly target: string } {
  const source = link.output === null ? link.from : portId(link.from, 'output', link.output);
  const target = link.input === null ? link.to : portId(link.to, 'input', link.input);
  return { source: ports.has(source) ? source : link.from, target: ports.has(target) ? target : link.to };
}

/**
 * A level as a graph to be arranged. Steps come in reading order, which decides between places that are equally good: what stood
 * above stays above.
 * @param boxes of the elements that get a place
 */
export function tidyGraph(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  { level, boxes }: { readonly level: Level; readonly boxes: ReadonlyMap<string, Box> },
): TidyGraph {
  const order = [...boxes].toSorted(([a, one], [b, other]) => one.y - other.y || one.x - other.x || a.localeCompare(b)).map(([id]) => id);
  const isEnd = (id: string): boolean => id.startsWith(':');
  const inside = level.links.filter((link) => [link.from, link.to].every((id) => boxes.has(id) || isEnd(id)));
  const ends = [...new Set(inside.flatMap((link) => [link.from, link.to]).filter(isEnd))].toSorted();
  const forward = forwardLinks(inside, [...ends.filter((id) => id.startsWith(innerEnd('out', ''))), ...order]);
  const used = new Set(
    forward.flatMap((link) => [portId(link.from, 'output', link.output ?? ''), portId(link.to, 'input', link.input ?? '')]),
  );
  const shapes = order.flatMap((id) => {
    const box = boxes.get(id);
    return box ? [shapeOf(document, catalog, { id, box, used })] : [];
  });
  const ports = new Set(shapes.flatMap((shape) => shape.ports.map((port) => port.id)));
  return {
    id: level.id,
    layoutOptions: OPTIONS,
    children: [...ends.map(endShape), ...shapes],
    edges: forward.map((link, index) => {
      const { source, target } = endsOf(link, ports);
      return { id: `e${index}`, sources: [source], targets: [target] };
    }),
  };
}
