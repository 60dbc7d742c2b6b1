import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { DocumentChange } from '@millwright/workflow/difference';
import { nodesById } from '../../../core/graph/graph-queries.ts';
import { isInner, outputsOf } from '../../../core/graph/edges/ports.ts';

/** A change with its name, as the server gives it. */
interface NamedChange {
  readonly id: string;
  readonly change: DocumentChange;
}

/** What one sentence is about. Steps are ids. */
export type Subject =
  | { readonly kind: 'added'; readonly node: WorkflowNode; readonly after: readonly string[]; readonly before: readonly string[] }
  | { readonly kind: 'removed'; readonly node: WorkflowNode; readonly joins: readonly { readonly from: string; readonly to: string }[] }
  /** Where a way out of a step leads. */
  | {
      readonly kind: 'lead';
      readonly from: string;
      readonly output: string;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  | { readonly kind: 'moved'; readonly nodeIds: readonly string[] }
  | { readonly kind: 'notes'; readonly count: number }
  | { readonly kind: 'one'; readonly change: DocumentChange };

/** Changes that people choose together: one sentence. */
export interface ChangeEntry {
  /** Of all its changes: another one with other values, or with one more change. */
  readonly key: string;
  readonly ids: readonly string[];
  readonly subject: Subject;
}

/** Both states and their difference. */
interface GroupInput {
  readonly base: WorkflowDocument;
  readonly document: WorkflowDocument;
  readonly changes: readonly NamedChange[];
  readonly catalog: NodeTypeCatalog;
  /** Keeps apart what is otherwise one sentence: whose it is. Default: everything is somebody's. */
  readonly ownerOf?: (id: string) => string;
}

type EdgeChange = NamedChange & { readonly change: { readonly kind: 'edgeAdded' | 'edgeRemoved'; readonly edge: Edge } };

/** The lines that changed, each taken into one sentence at most. */
class Lines {
  readonly #open = new Set<EdgeChange>();
  readonly #input: GroupInput;
  constructor(input: GroupInput) {
    this.#input = input;
    for (const { id, change } of input.changes) {
      if (change.kind === 'edgeAdded' || change.kind === 'edgeRemoved')
        this.#open.add({ id, change: { kind: change.kind, edge: change.edge } });
    }
  }

  /** Whether a step has several ways out: then it matters which one leads where. */
  isBranching(nodeId: string): boolean {
    const { base, document, catalog } = this.#input;
    const node = nodesById(document).get(nodeId) ?? nodesById(base).get(nodeId);
    return node !== undefined && outputsOf(node, catalog.get(node.type, node.version)).filter((port) => !isInner(port)).length > 1;
  }

  take(kind: EdgeChange['change']['kind'], fits: (edge: Edge) => boolean): readonly EdgeChange[] {
    const taken = [...this.#open].filter(({ change }) => change.kind === kind && fits(change.edge));
    for (const one of taken) this.#open.delete(one);
    return taken;
  }

  /** What is left, by the way out that it leaves by. */
  rest(): readonly (readonly EdgeChange[])[] {
    return [...Map.groupBy(this.#open, ({ change: { edge } }) => `${edge.from}:${edge.output}`).values()];
  }
}

function entry(ids: readonly string[], subject: Subject): ChangeEntry {
  return { key: ids.toSorted().join('+'), ids, subject };
}

const ends = (changes: readonly EdgeChange[], side: 'from' | 'to'): readonly string[] => [
  ...new Set(changes.map(({ change }) => change.edge[side])),
];

/** A new step with its lines, and with the line that it was put into. Lines from a branch are sentences of their own. */
function addedEntry(id: string, node: WorkflowNode, lines: Lines): ChangeEntry {
  const incoming = lines.take('edgeAdded', (edge) => edge.to === node.id && !lines.isBranching(edge.from));
  const outgoing = lines.isBranching(node.id) ? [] : lines.take('edgeAdded', (edge) => edge.from === node.id);
  const [after, before] = [ends(incoming, 'from'), ends(outgoing, 'to')];
  const split = lines.take('edgeRemoved', (edge) => after.includes(edge.from) && before.includes(edge.to) && !lines.isBranching(edge.from));
  const ids = [id, ...[...incoming, ...outgoing, ...split].map((one) => one.id)];
  return entry(ids, { kind: 'added', node, after, before });
}

/** A step that is gone, with its lines, and with the line that joins its neighbours. */
function removedEntry(id: string, node: WorkflowNode, lines: Lines): ChangeEntry {
  const incoming = lines.take('edgeRemoved', (edge) => edge.to === node.id && !lines.isBranching(edge.from));
  const outgoing = lines.take('edgeRemoved', (edge) => edge.from === node.id);
  const [from, to] = [ends(incoming, 'from'), ends(outgoing, 'to')];
  const joined = lines.take('edgeAdded', (edge) => from.includes(edge.from) && to.includes(edge.to));
  const joins = joined.map(({ change: { edge } }) => ({ from: edge.from, to: edge.to }));
  return entry([id, ...[...incoming, ...outgoing, ...joined].map((one) => one.id)], { kind: 'removed', node, joins });
}

function targets({ edges }: WorkflowDocument, { from, output }: Edge): readonly string[] {
  return edges.filter((edge) => edge.from === from && edge.output === output).map((edge) => edge.to);
}

function leadEntries(lines: Lines, { base, document }: GroupInput): readonly ChangeEntry[] {
  return lines.rest().flatMap((changes) => {
    const [first] = changes;
    if (first === undefined) return [];
    const { edge } = first.change;
    const subject: Subject = {
      kind: 'lead',
      from: edge.from,
      output: edge.output,
      before: targets(base, edge),
      after: targets(document, edge),
    };
    return [
      entry(
        changes.map(({ id }) => id),
        subject,
      ),
    ];
  });
}

/** Changes of a kind that one sentence counts, apart by owner. */
function counted(
  input: GroupInput,
  fits: (change: DocumentChange) => boolean,
  subjectOf: (changes: readonly NamedChange[]) => Subject,
): readonly ChangeEntry[] {
  const owners = Map.groupBy(
    input.changes.filter(({ change }) => fits(change)),
    ({ id }) => input.ownerOf?.(id) ?? '',
  );
  return [...owners.values()].map((changes) =>
    entry(
      changes.map(({ id }) => id),
      subjectOf(changes),
    ),
  );
}

/** Changes as sentences: a new step with its lines is one, so is a branch that leads elsewhere, and all cards that were only moved. */
export function groupChanges(input: GroupInput): readonly ChangeEntry[] {
  const lines = new Lines(input);
  const steps: ChangeEntry[] = [];
  const others: ChangeEntry[] = [];
  for (const { id, change } of input.changes) {
    switch (change.kind) {
      case 'nodeAdded':
        steps.push(addedEntry(id, change.node, lines));
        break;
      case 'nodeRemoved':
        steps.push(removedEntry(id, change.node, lines));
        break;
      case 'edgeAdded':
      case 'edgeRemoved':
      case 'nodeMoved':
      case 'annotationChanged':
        break;
      default:
        others.push(entry([id], { kind: 'one', change }));
    }
  }
  const moved = counted(
    input,
    (change) => change.kind === 'nodeMoved',
    (changes) => ({ kind: 'moved', nodeIds: changes.flatMap(({ change }) => ('nodeId' in change ? [change.nodeId] : [])) }),
  );
  const notes = counted(
    input,
    (change) => change.kind === 'annotationChanged',
    (changes) => ({ kind: 'notes', count: changes.length }),
  );
  return [...steps, ...leadEntries(lines, input), ...others, ...moved, ...notes];
}
