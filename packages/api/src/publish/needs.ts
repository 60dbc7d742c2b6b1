import type { JsonValue } from '@millwright/core';
import { portsOf, type Edge, type NodeTypeCatalog, type WorkflowDocument, type WorkflowNode } from '@millwright/workflow';
import { withDocumentChanges, type DocumentChange } from '@millwright/workflow/difference';
import type { PendingChange } from './pending.ts';

/** What is looked through for what needs what. */
interface NeedsInput {
  readonly base: WorkflowDocument;
  readonly document: WorkflowDocument;
  /** The difference of the two. */
  readonly changes: readonly PendingChange[];
  readonly catalog: NodeTypeCatalog;
}

/** What expressions and programs name: `$('lead')`, `_('lead')`. */
const REFERENCE = /[$_]\(\s*(['"`])([^'"`]+)\1\s*\)/g;

/** Ids or names of the nodes that texts read. */
function readsOf(value: JsonValue | undefined): ReadonlySet<string> {
  if (value === undefined) return new Set();
  // In JSON text a quote inside a text carries backslashes.
  const text = JSON.stringify(value).replaceAll('\\', '');
  return new Set([...text.matchAll(REFERENCE)].map(([, , name = '']) => name));
}

function reads(found: ReadonlySet<string>, node: Pick<WorkflowNode, 'id' | 'name'>): boolean {
  return found.has(node.id) || found.has(node.name);
}

/** A change that takes away what somebody read. */
interface Reader {
  readonly id: string;
  readonly nodeId: string;
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

function readersIn(changes: readonly PendingChange[]): readonly Reader[] {
  return changes
    .flatMap(({ id, change }): Reader[] => {
      if (change.kind === 'nodeRemoved')
        return [{ id, nodeId: change.nodeId, before: readsOf(change.node.parameters), after: new Set<string>() }];
      if (change.kind !== 'parameterChanged') return [];
      return [{ id, nodeId: change.nodeId, before: readsOf(change.before), after: readsOf(change.after) }];
    })
    .filter(({ before }) => before.size > 0);
}

/** Settings that give a node other ports. */
const SHAPING = new Set(['onError', 'type', 'version']);

class Needs {
  readonly #input: NeedsInput;
  readonly #added = new Map<string, PendingChange & { readonly change: { readonly node: WorkflowNode } }>();
  readonly #readerChanges: readonly Reader[];
  readonly #inContainer: ReadonlyMap<string | null, readonly WorkflowNode[]>;
  readonly #ofNode: ReadonlyMap<string, readonly PendingChange[]>;
  readonly #removedEdges: readonly (PendingChange & { readonly change: { readonly edge: Edge } })[];
  readonly #before: ReadonlyMap<string, WorkflowNode>;
  readonly #after: ReadonlyMap<string, WorkflowNode>;
  constructor(input: NeedsInput) {
    this.#input = input;
    const removedEdges: (PendingChange & { readonly change: { readonly edge: Edge } })[] = [];
    for (const { id, change } of input.changes) {
      if (change.kind === 'nodeAdded') this.#added.set(change.nodeId, { id, change });
      if (change.kind === 'edgeRemoved') removedEdges.push({ id, change });
    }
    this.#removedEdges = removedEdges;
    this.#ofNode = Map.groupBy(
      input.changes.filter(({ change }) => 'nodeId' in change),
      ({ change }) => ('nodeId' in change ? change.nodeId : ''),
    );
    this.#readerChanges = readersIn(input.changes);
    this.#inContainer = Map.groupBy(input.base.nodes, (node) => node.parent);
    this.#before = new Map(input.base.nodes.map((node) => [node.id, node]));
    this.#after = new Map(input.document.nodes.map((node) => [node.id, node]));
  }

  /** Ids of what one change cannot be without. */
  of({ change }: PendingChange): readonly string[] {
    switch (change.kind) {
      case 'edgeAdded':
        return [...this.#node(change.edge.from), ...this.#node(change.edge.to), ...this.#ports(change.edge)];
      case 'nodeAdded':
        return [...this.#node(change.node.parent), ...this.#read(change.node.parameters)];
      case 'parentChanged':
        return this.#node(change.after);
      case 'parameterChanged':
        return [...this.#read(change.after), ...this.#linesOfLostPorts(change.nodeId, change.key)];
      case 'settingChanged':
        return this.#linesOfLostPorts(change.nodeId, change.key);
      case 'nodeRemoved':
        return [...this.#content(change.nodeId), ...this.#readers(change.node)];
      default:
        return [];
    }
  }

  #node(nodeId: string | null): readonly string[] {
    const added = nodeId === null ? undefined : this.#added.get(nodeId);
    return added === undefined ? [] : [added.id];
  }

  /** New nodes that a value reads. */
  #read(value: JsonValue | undefined): readonly string[] {
    if (this.#added.size === 0) return [];
    const found = readsOf(value);
    if (found.size === 0) return [];
    return [...this.#added.values()].filter(({ change }) => reads(found, change.node)).map(({ id }) => id);
  }

  #portNames(node: WorkflowNode | undefined): ReadonlySet<string> | null {
    const info = node && this.#input.catalog.get(node.type, node.version);
    if (node === undefined || info === undefined) return null;
    const { inputs, outputs } = portsOf(info, node.parameters);
    const error = node.settings.onError === 'branch' ? ['out error'] : [];
    return new Set([...inputs.map(({ name }) => `in ${name}`), ...outputs.map(({ name }) => `out ${name}`), ...error]);
  }

  /** Changes that shape the ports of a node. */
  #shaping(nodeId: string): readonly string[] {
    return (this.#ofNode.get(nodeId) ?? [])
      .filter(({ change }) => change.kind === 'parameterChanged' || (change.kind === 'settingChanged' && SHAPING.has(change.key)))
      .filter(({ change }) => this.#changesPorts(nodeId, change))
      .map(({ id }) => id);
  }

  /** Whether a change of a node alone would give the node of before other ports. */
  #changesPorts(nodeId: string, change: DocumentChange): boolean {
    const node = this.#before.get(nodeId);
    const before = this.#portNames(node);
    const alone = node && withDocumentChanges({ ...this.#input.base, nodes: [{ ...node, parent: null }], edges: [] }, [change]);
    const after = this.#portNames(alone?.nodes[0]);
    if (before === null || after === null) return true;
    return before.size !== after.size || [...before].some((port) => !after.has(port));
  }

  /** A line to a port that is not live yet needs what makes the port. */
  #ports({ from, output, to, input }: Edge): readonly string[] {
    const lacks = (nodeId: string, port: string): boolean => {
      const names = this.#portNames(this.#before.get(nodeId));
      return names !== null && !names.has(port);
    };
    return [...(lacks(from, `out ${output}`) ? this.#shaping(from) : []), ...(lacks(to, `in ${input}`) ? this.#shaping(to) : [])];
  }

  /** A port goes only together with its live lines. */
  #linesOfLostPorts(nodeId: string, key: string): readonly string[] {
    const ports = this.#removedEdges.length === 0 ? null : this.#portNames(this.#after.get(nodeId));
    const change = (this.#ofNode.get(nodeId) ?? []).find((one) => 'key' in one.change && one.change.key === key)?.change;
    if (ports === null || change === undefined || !this.#changesPorts(nodeId, change)) return [];
    return this.#removedEdges
      .filter(
        ({ change: { edge } }) =>
          (edge.from === nodeId && !ports.has(`out ${edge.output}`)) || (edge.to === nodeId && !ports.has(`in ${edge.input}`)),
      )
      .map(({ id }) => id);
  }

  /** What a container that goes held: it goes too, or moves out. */
  #content(nodeId: string): readonly string[] {
    return (this.#inContainer.get(nodeId) ?? [])
      .flatMap((node) => (this.#ofNode.get(node.id) ?? []).filter(({ change }) => ['nodeRemoved', 'parentChanged'].includes(change.kind)))
      .map(({ id }) => id);
  }

  /** What read a node that goes: it goes too, or reads something else. */
  #readers(gone: WorkflowNode): readonly string[] {
    return this.#readerChanges
      .filter(({ nodeId, before, after }) => nodeId !== gone.id && reads(before, gone) && !reads(after, gone))
      .map(({ id }) => id);
  }
}

/**
 * What each change cannot be published without, by id: a line needs its ends and their ports, a reader what it reads, what goes needs that
 * nothing is left that reads it or is inside it. Names in expressions are looked for in their text; what that misses the compiler refuses.
 */
export function needsOf(input: NeedsInput): ReadonlyMap<string, readonly string[]> {
  const needs = new Needs(input);
  return new Map(input.changes.map((pending) => [pending.id, [...new Set(needs.of(pending))].filter((id) => id !== pending.id)]));
}
