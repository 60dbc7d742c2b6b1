import { draftMaps, readAnnotations, readDraft, readNode, type KnownNode } from '@millwright/workflow/draft';
import type { WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import * as Y from 'yjs';

/** What a batch of Yjs events touched. */
export interface Touched {
  /** Ids of nodes whose content changed. */
  readonly nodes: ReadonlySet<string>;
  /** Ids of nodes of which only the place changed: reading them whole would be most of the cost of tidying a large graph. */
  readonly moved: ReadonlySet<string>;
  /** Notes or sections changed. */
  readonly annotations: boolean;
  /** Something else changed (edges, names, nodes added, removed or in another order): read all but the nodes that did not change. */
  readonly rest: boolean;
}

const NO_KEYS: ReadonlySet<unknown> = new Set();

/** Reads from events which nodes must be read again. */
export function touchedBy(draft: Y.Doc, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Touched {
  const maps = draftMaps(draft);
  const nodes = new Set<string>();
  const moved = new Set<string>();
  let annotations = false;
  let rest = false;
  for (const event of events) {
    const [id] = event.path;
    const keys = event instanceof Y.YMapEvent ? event.keysChanged : NO_KEYS;
    const isOfNodes = isBelow(event.target, maps.nodes);
    if (isOfNodes && typeof id === 'string' && isMove(event)) moved.add(id);
    else if (isOfNodes && typeof id === 'string') {
      nodes.add(id);
      if (event.path.length === 1 && keys.has('rank')) rest = true;
    } else if (isOfNodes) {
      for (const key of keys) if (typeof key === 'string') nodes.add(key);
      rest = true;
    } else if (isBelow(event.target, maps.annotations)) annotations = true;
    else rest = true;
  }
  return { nodes, moved, annotations, rest };
}

/** Whether an event inside of the map of nodes is about nothing but where a node is. */
function isMove(event: Y.YEvent<Y.AbstractType<unknown>>): boolean {
  return event instanceof Y.YMapEvent && event.path.length === 1 && [...event.keysChanged].every((key) => key === 'x' || key === 'y');
}

/** A node at its place of now; null where that makes no sense. */
function atPlace(node: WorkflowNode, map: Y.Map<unknown>): WorkflowNode | null {
  const [x, y] = [map.get('x'), map.get('y')];
  return Number.isFinite(x) && Number.isFinite(y) ? { ...node, position: [Number(x), Number(y)] } : null;
}

function isBelow(target: Y.AbstractType<unknown>, root: unknown): boolean {
  for (let type: Y.AbstractType<unknown> | null = target; type !== null; type = type.parent as Y.AbstractType<unknown> | null) {
    if (type === root) return true;
    if (!(type instanceof Y.Map)) return false;
  }
  return false;
}

/** Nodes that were not touched; one whose frame came or went is read again. */
function knownFrom(previous: WorkflowDocument, touched: Touched): KnownNode {
  const before = new Map(previous.nodes.map((node) => [node.id, node]));
  return (id, map) => {
    const node = touched.nodes.has(id) || touched.moved.has(id) ? undefined : before.get(id);
    return node !== undefined && node.parent === (map.get('parent') ?? null) ? node : undefined;
  };
}

/**
 * The document after a batch of events. What did not change keeps its identity, so that a change
 * of one node re-renders one card.
 */
export function nextDocument(draft: Y.Doc, previous: WorkflowDocument, touched: Touched): WorkflowDocument {
  if (touched.rest) return shareWith(previous, readDraft(draft, knownFrom(previous, touched)));
  const { nodes } = draftMaps(draft);
  const ids = new Set(previous.nodes.map((node) => node.id));
  // As the whole document is read: a frame that a colleague deleted holds nothing.
  const inPlace = (node: WorkflowNode): WorkflowNode => (node.parent === null || ids.has(node.parent) ? node : { ...node, parent: null });
  const next = previous.nodes.map((node) => {
    const isMoved = touched.moved.has(node.id);
    const map = isMoved || touched.nodes.has(node.id) ? nodes.get(node.id) : undefined;
    if (!(map instanceof Y.Map)) return node;
    return (isMoved && !touched.nodes.has(node.id) ? atPlace(node, map) : null) ?? inPlace(readNode(node.id, map) ?? node);
  });
  return {
    ...previous,
    nodes: touched.nodes.size + touched.moved.size === 0 ? previous.nodes : next,
    annotations: touched.annotations ? sharedById(previous.annotations, readAnnotations(draft, ids)) : previous.annotations,
  };
}

/** The next list, with those entries of the old one that say the same; the old list where all do. */
function sharedById<T extends { readonly id: string }>(previous: readonly T[], next: readonly T[]): T[] {
  const before = new Map(previous.map((entry) => [entry.id, entry]));
  const shared = next.map((entry) => {
    const old = before.get(entry.id);
    return old !== undefined && (old === entry || isSame(old, entry)) ? old : entry;
  });
  const isUnchanged = shared.length === previous.length && shared.every((entry, index) => entry === previous[index]);
  return isUnchanged ? (previous as T[]) : shared;
}

/** Whether two lists hold the same objects: an edge is read once, however often the draft is. */
function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shareWith(previous: WorkflowDocument, next: WorkflowDocument): WorkflowDocument {
  return {
    ...next,
    nodes: sharedById(previous.nodes, next.nodes),
    annotations: sharedById(previous.annotations, next.annotations),
    edges: areSame(previous.edges, next.edges) ? previous.edges : next.edges,
    settings: isSame(previous.settings, next.settings) ? previous.settings : next.settings,
  };
}
