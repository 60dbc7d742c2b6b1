import type { JsonValue } from '@millwright/core';
import type { Annotation, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { differenceOf, type DocumentChange, sameJson } from '@millwright/workflow/difference';
import { edgeKey } from '@millwright/workflow/draft';
import { CARD_HEIGHT, CARD_WIDTH } from './geometry.ts';

/** How a part of the graph differs between two states of a workflow. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** The marks in the order in which they are counted. */
export const MARKS = ['added', 'removed', 'changed', 'moved'] as const satisfies readonly Mark[];

/** What changed at one place: a step, a note, the lines, or the workflow itself. One stop on the way through all changes. */
export interface ChangeGroup {
  /** `nodes/<id>`, `annotations/<id>`, `edges`, `workflow`. */
  readonly key: string;
  readonly mark: Mark;
  /** The step; null for everything else. */
  readonly node: WorkflowNode | null;
  readonly changes: readonly DocumentChange[];
}

/** Two states of a workflow side by side. */
export interface Comparison {
  /** Everything that is in one of them: the later state, and what was removed from the earlier one. */
  readonly union: WorkflowDocument;
  readonly nodeMarks: ReadonlyMap<string, Mark>;
  /** Of notes and sections, by id. */
  readonly noteMarks: ReadonlyMap<string, Mark>;
  /** By key of the edge; changed: it says something else. */
  readonly edgeMarks: ReadonlyMap<string, 'added' | 'removed' | 'changed'>;
  readonly groups: readonly ChangeGroup[];
  /** Steps by mark. */
  readonly counts: Readonly<Record<Mark, number>>;
}

/** How far down a removed step is drawn from one that took its place, px. */
const ASIDE = CARD_HEIGHT + 24;

/** Removed steps, below whatever stands where they stood: both can be seen. */
function besideOthers(removed: readonly WorkflowNode[], kept: readonly WorkflowNode[]): WorkflowNode[] {
  const columns = new Map<number, number[]>();
  const column = (x: number): number => Math.floor(x / CARD_WIDTH);
  const take = (x: number, y: number): void => void columns.set(column(x), [...(columns.get(column(x)) ?? []), x, y]);
  const isTaken = (x: number, y: number): boolean =>
    [-1, 0, 1].some((near) => {
      const places = columns.get(column(x) + near) ?? [];
      return places.some(
        (at, index) => index % 2 === 0 && Math.abs(at - x) < CARD_WIDTH && Math.abs((places[index + 1] ?? 0) - y) < CARD_HEIGHT,
      );
    });
  for (const { position } of kept) take(...position);
  return removed.map((node) => {
    const [x] = node.position;
    let [, y] = node.position;
    while (isTaken(x, y)) y += ASIDE;
    take(x, y);
    return { ...node, position: [x, y] };
  });
}

/** The later state with what the earlier one had besides. */
function unionOf(before: WorkflowDocument, after: WorkflowDocument, changes: readonly DocumentChange[]): WorkflowDocument {
  const removedNodes = changes.flatMap((change) => (change.kind === 'nodeRemoved' ? [change.node] : []));
  const removedEdges = changes.flatMap((change) => (change.kind === 'edgeRemoved' ? [change.edge] : []));
  const kept = new Set(after.annotations.map(({ id }) => id));
  return {
    ...after,
    nodes: [...after.nodes, ...besideOthers(removedNodes, after.nodes)],
    edges: [...after.edges, ...removedEdges],
    annotations: [...after.annotations, ...before.annotations.filter(({ id }) => !kept.has(id))],
  };
}

/** Whether a note or section was only put elsewhere. */
function isMovedNote(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const { position: _from, size: _small, ...old } = before as unknown as Annotation;
  const { position: _to, size: _large, ...now } = after as unknown as Annotation;
  return sameJson(old, now);
}

function markOf(changes: readonly DocumentChange[]): Mark {
  const [first] = changes;
  if (changes.length === 1 && first) {
    if (first.kind === 'nodeAdded' || first.kind === 'edgeAdded') return 'added';
    if (first.kind === 'nodeRemoved' || first.kind === 'edgeRemoved') return 'removed';
    if (first.kind === 'annotationChanged') {
      if (first.before === undefined) return 'added';
      if (first.after === undefined) return 'removed';
      return isMovedNote(first.before, first.after) ? 'moved' : 'changed';
    }
  }
  return changes.every((change) => change.kind === 'nodeMoved') ? 'moved' : 'changed';
}

function placeOf(change: DocumentChange): string {
  switch (change.kind) {
    case 'edgeAdded':
    case 'edgeRemoved':
    case 'edgeLabelChanged':
      return 'edges';
    case 'workflowRenamed':
    case 'workflowSettingChanged':
      return 'workflow';
    case 'annotationChanged':
      return `annotations/${change.id}`;
    default:
      return `nodes/${change.nodeId}`;
  }
}

/** Steps first, as they stand from left to right; then notes, lines, and the workflow's own. */
const AFTER_STEPS = ['annotations', 'edges', 'workflow'] as const;

function order(one: ChangeGroup, other: ChangeGroup): number {
  if (one.node && other.node) {
    const [left, right] = [one.node.position, other.node.position];
    return left[0] - right[0] || left[1] - right[1];
  }
  const rank = (group: ChangeGroup): number => (group.node ? -1 : AFTER_STEPS.findIndex((place) => group.key.startsWith(place)));
  return rank(one) - rank(other);
}

function countsOf(marks: ReadonlyMap<string, Mark>): Record<Mark, number> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const mark of marks.values()) counts[mark]++;
  return counts;
}

/**
 * Compares two states of a workflow.
 * @param hidesMoved leaves out what was only put elsewhere: it counts as the same
 */
export function compareDocuments(
  before: WorkflowDocument,
  after: WorkflowDocument,
  { hidesMoved = false }: { readonly hidesMoved?: boolean } = {},
): Comparison {
  const changes = differenceOf(before, after).filter((change) => !(hidesMoved && change.kind === 'nodeMoved'));
  const union = unionOf(before, after, changes);
  const nodes = new Map(union.nodes.map((node) => [node.id, node]));
  const groups = [...Map.groupBy(changes, placeOf)]
    .map(([key, own]): ChangeGroup => ({
      key,
      mark: markOf(own),
      node: key.startsWith('nodes/') ? (nodes.get(key.slice('nodes/'.length)) ?? null) : null,
      changes: own,
    }))
    .filter(({ mark }) => !(hidesMoved && mark === 'moved'))
    .toSorted(order);
  const nodeMarks = new Map(groups.flatMap(({ node, mark }) => (node ? [[node.id, mark] as const] : [])));
  const noteMarks = new Map(
    groups.flatMap(({ key, mark }) => (key.startsWith('annotations/') ? [[key.slice('annotations/'.length), mark] as const] : [])),
  );
  const edgeMarks = new Map<string, 'added' | 'removed' | 'changed'>();
  for (const change of changes) {
    if (change.kind === 'edgeAdded') edgeMarks.set(edgeKey(change.edge), 'added');
    else if (change.kind === 'edgeRemoved') edgeMarks.set(edgeKey(change.edge), 'removed');
    else if (change.kind === 'edgeLabelChanged') edgeMarks.set(edgeKey(change.edge), 'changed');
  }
  return { union, nodeMarks, noteMarks, edgeMarks, groups, counts: countsOf(nodeMarks) };
}
