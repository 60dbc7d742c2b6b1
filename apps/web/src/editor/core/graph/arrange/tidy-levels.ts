import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { sectionsOf } from '../annotations/sections.ts';
import { layoutOf } from '../layout.ts';
import { inputsOf, isInner, outputsOf } from '../edges/ports.ts';

/** The level outside of all containers and sections. */
export const ROOT = 'root';

/** What lies beside each other and is laid out together: the content of a container, of a section, or what is in neither. */
export interface Level {
  /** {@link ROOT}, or the id of the container or section. */
  readonly id: string;
  /** Ids of steps, containers and sections on it. */
  readonly elements: readonly string[];
  /** Lines between two of them, or between one and a port of the inside of the container. */
  readonly links: readonly Link[];
}

/** A line on one level. Where an end is a section, or lies deeper, its port is null. */
export interface Link {
  readonly from: string;
  readonly output: string | null;
  readonly to: string;
  readonly input: string | null;
}

/** Stands for a port of the inside of a container among what it holds. */
export function innerEnd(side: 'in' | 'out', port: string): string {
  return `:${side}:${port}`;
}

interface Place {
  readonly level: string;
  readonly element: string;
  readonly port: string | null;
}

/** One end of a line as the document has it. */
interface End {
  readonly nodeId: string;
  readonly port: string;
  readonly side: 'in' | 'out';
}

/** Finds the places of a line's end on each level, from the innermost to the outermost. */
function createPlaces(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  levelOf: (nodeId: string) => string,
): (end: End) => readonly Place[] {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const sections = sectionsOf(document, catalog);
  const isInside = ({ nodeId, port, side }: End): boolean => {
    const node = nodes.get(nodeId);
    const ports = node ? (side === 'out' ? innerOutputs(node, catalog) : innerInputs(node, catalog)) : [];
    return ports.some(({ name }) => name === port);
  };
  return (end) => {
    if (isInside(end)) return [{ level: end.nodeId, element: innerEnd(end.side, end.port), port: null }];
    const places: Place[] = [];
    for (let at = end.nodeId, port: string | null = end.port; ; port = null) {
      const level = levelOf(at);
      places.push({ level, element: at, port });
      if (level === ROOT) return places;
      if (sections.find(level)) return [...places, { level: ROOT, element: level, port: null }];
      at = level;
    }
  };
}

/** Lines by the level on which both of their ends have a place. */
function linksByLevel(edges: readonly Edge[], placesOf: (end: End) => readonly Place[]): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>();
  for (const edge of edges) {
    const starts = placesOf({ nodeId: edge.from, port: edge.output, side: 'out' });
    const ends = placesOf({ nodeId: edge.to, port: edge.input, side: 'in' });
    const start = starts.find((place) => ends.some((end) => end.level === place.level));
    const end = ends.find((place) => place.level === start?.level);
    if (!start || !end || start.element === end.element) continue;
    const link = { from: start.element, output: start.port, to: end.element, input: end.port };
    const known = links.get(start.level);
    if (known) known.push(link);
    else links.set(start.level, [link]);
  }
  return links;
}

/** Steps, containers and sections by level, the innermost levels first, with the lines between them. */
export function levelsOf(document: WorkflowDocument, catalog: NodeTypeCatalog): readonly Level[] {
  const { parentOf } = layoutOf(document, catalog);
  const sections = sectionsOf(document, catalog);
  const levelOf = (nodeId: string): string => parentOf(nodeId) ?? sections.holding(nodeId)?.annotation.id ?? ROOT;
  const links = linksByLevel(document.edges, createPlaces(document, catalog, levelOf));
  const elements = Map.groupBy(
    document.nodes.map((node) => node.id),
    levelOf,
  );
  const held = sections.all.filter((section) => section.members.length > 0).map((section) => section.annotation.id);
  const root = { id: ROOT, elements: [...(elements.get(ROOT) ?? []), ...held], links: links.get(ROOT) ?? [] };
  const inner = [...elements].filter(([id]) => id !== ROOT).map(([id, ids]) => ({ id, elements: ids, links: links.get(id) ?? [] }));
  const depth = (id: string): number => (id === ROOT ? 0 : sections.find(id) ? 1 : 1 + depth(levelOf(id)));
  return [...inner.toSorted((a, b) => depth(b.id) - depth(a.id)), root];
}

function innerOutputs(node: WorkflowNode, catalog: NodeTypeCatalog) {
  return outputsOf(node, catalog.get(node.type, node.version)).filter(isInner);
}

function innerInputs(node: WorkflowNode, catalog: NodeTypeCatalog) {
  return inputsOf(node, catalog.get(node.type, node.version)).filter(isInner);
}

/**
 * The lines that lead on: without those that lead back to where a way began, which loops have.
 * @param order ids from where the search begins, in this order
 */
export function forwardLinks(links: readonly Link[], order: readonly string[]): readonly Link[] {
  const outgoing = Map.groupBy(links, (link) => link.from);
  const targets = new Set(links.map((link) => link.to));
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<Link>();
  const visit = (start: string): void => {
    const stack: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const link = outgoing.get(top.id)?.[top.next];
      if (!link) {
        state.set(top.id, 'done');
        stack.pop();
        continue;
      }
      top.next += 1;
      const seen = state.get(link.to);
      if (seen === 'open') back.add(link);
      if (seen === undefined) {
        state.set(link.to, 'open');
        stack.push({ id: link.to, next: 0 });
      }
    }
  };
  const starts = [...order.filter((id) => !targets.has(id)), ...order];
  for (const id of starts) if (!state.has(id)) visit(id);
  return links.filter((link) => !back.has(link));
}
