import { draftMaps, readDraft, readNode } from '@millwright/workflow/draft';
import type { WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import * as Y from 'yjs';

/** What a batch of Yjs events touched. */
export interface Touched {
  /** Ids of nodes whose content changed; their place in the list did not. */
  readonly nodes: ReadonlySet<string>;
  /** Something else changed (edges, names, nodes added or removed): read it all. */
  readonly rest: boolean;
}

/** Reads from events which nodes must be read again. */
export function touchedBy(draft: Y.Doc, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Touched {
  const { nodes } = draftMaps(draft);
  const ids = new Set<string>();
  for (const event of events) {
    const id = event.path[0];
    const isInsideNode = event.path.length > 0 && typeof id === 'string' && isBelow(event.target, nodes);
    if (!isInsideNode) return { nodes: ids, rest: true };
    ids.add(id);
  }
  return { nodes: ids, rest: false };
}

function isBelow(target: Y.AbstractType<unknown>, root: unknown): boolean {
  for (let type: Y.AbstractType<unknown> | null = target; type !== null; type = type.parent as Y.AbstractType<unknown> | null) {
    if (type === root) return true;
    if (!(type instanceof Y.Map)) return false;
  }
  return false;
}

/**
 * The document after a batch of events. What did not change keeps its identity, so that a change
 * of one node re-renders one card.
 */
export function nextDocument(draft: Y.Doc, previous: WorkflowDocument, touched: Touched): WorkflowDocument {
  if (touched.rest) return shareWith(previous, readDraft(draft));
  const { nodes } = draftMaps(draft);
  const ids = new Set(previous.nodes.map((node) => node.id));
  // As the whole document is read: a frame that a colleague deleted holds nothing.
  const inPlace = (node: WorkflowNode): WorkflowNode => (node.parent === null || ids.has(node.parent) ? node : { ...node, parent: null });
  return {
    ...previous,
    nodes: previous.nodes.map((node) => {
      const map = touched.nodes.has(node.id) ? nodes.get(node.id) : undefined;
      return map instanceof Y.Map ? inPlace(readNode(node.id, map) ?? node) : node;
    }),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shareWith(previous: WorkflowDocument, next: WorkflowDocument): WorkflowDocument {
  const before = new Map<string, WorkflowNode>(previous.nodes.map((node) => [node.id, node]));
  const nodes = next.nodes.map((node) => {
    const old = before.get(node.id);
    return old !== undefined && isSame(old, node) ? old : node;
  });
  return {
    ...next,
    nodes,
    edges: isSame(previous.edges, next.edges) ? previous.edges : next.edges,
    settings: isSame(previous.settings, next.settings) ? previous.settings : next.settings,
  };
}
