import {
  workflowDocumentSchema,
  type Edge,
  type WorkflowDocument,
  type WorkflowDocumentInput,
  type WorkflowNode,
} from '@millwright/workflow';
import type { JsonValue } from '@millwright/core';

/** Inner ports of containers: the first output is how the inside begins, the input is where results come out. */
export const CONTAINERS: Readonly<Record<string, { readonly inner: readonly string[]; readonly exit: string }>> = {
  'core.map': { inner: ['each'], exit: 'collect' },
  'core.try': { inner: ['try', 'catch', 'finally'], exit: 'result' },
  'core.compensate': { inner: ['do', 'undo'], exit: 'result' },
};

/** A document as the model reads it. */
export class Graph {
  readonly document: WorkflowDocument;
  readonly #byId: ReadonlyMap<string, WorkflowNode>;
  readonly #edges: readonly Edge[];

  constructor(input: WorkflowDocumentInput) {
    this.document = workflowDocumentSchema.parse(input);
    this.#byId = new Map(this.document.nodes.map((node) => [node.id, node]));
    const reached = reachedFrom('t', this.document.edges);
    // What no trigger reaches is not there.
    const edges = this.document.edges.filter(({ from }) => reached.has(from));
    const turned = edges.map((edge) => (this.#goesBack(edge, edges) ? { ...edge, input: 'back' } : edge));
    // Two lines between the same ports are one.
    this.#edges = [...new Map(turned.map((edge) => [JSON.stringify(edge), edge])).values()];
  }

  get isSequential(): boolean {
    return this.document.settings.order === 'sequential';
  }

  node(id: string): WorkflowNode {
    const node = this.#byId.get(id);
    if (node === undefined) throw new Error(`no node ${id}`);
    return node;
  }

  /** Whether an edge ends at the inner input of a container. */
  isExit({ to, input }: Edge): boolean {
    return CONTAINERS[this.node(to).type]?.exit === input;
  }

  /** Output ports in order; the error port is the last. */
  outputs({ type, parameters, settings }: WorkflowNode): readonly string[] {
    const error = settings.onError === 'branch' ? ['error'] : [];
    return [...outputsOf(type, parameters), ...error];
  }

  /** Input ports to which something leads, in order; those that lead into a container, not out of its inside. */
  wired(node: WorkflowNode): readonly string[] {
    const ports = node.type === 'core.merge' ? Array.from({ length: 10 }, (_, index) => `in${index + 1}`) : ['main', 'back'];
    return ports.filter((port) => this.#edges.some((edge) => edge.to === node.id && edge.input === port && !this.isExit(edge)));
  }

  /** Edges from a node, or from one of its outputs, in drawing order: top to bottom, then left to right. */
  from(id: string, output?: string): readonly Edge[] {
    const place = ({ to }: Edge): readonly [number, number] => this.node(to).position;
    const mine = this.#edges.filter((edge) => edge.from === id && (output === undefined || edge.output === output));
    return mine.toSorted((a, b) => place(a)[1] - place(b)[1] || place(a)[0] - place(b)[0]);
  }

  /** Edges on which something can get along from these, without passing through some nodes. */
  reach(start: readonly Edge[], without: ReadonlySet<string>): ReadonlySet<Edge> {
    const seen = new Set<Edge>();
    const open = [...start];
    for (let edge = open.pop(); edge !== undefined; edge = open.pop()) {
      if (seen.has(edge)) continue;
      seen.add(edge);
      if (!without.has(edge.to) && !this.isExit(edge)) open.push(...this.leading(edge.to));
    }
    return seen;
  }

  /** Edges that lead on from a node in its own surroundings, as drawn: not those into the inside of a container. */
  leading(id: string): readonly Edge[] {
    const inner = CONTAINERS[this.node(id).type]?.inner ?? [];
    return this.from(id).filter(({ output }) => !inner.includes(output));
  }

  /** A line from inside a loop's rounds to its ordinary input is its way back; people draw it either way. */
  #goesBack(edge: Edge, edges: readonly Edge[]): boolean {
    if (this.node(edge.to).type !== 'core.loop' || edge.input !== 'main') return false;
    if (edge.from === edge.to && edge.output === 'loop') return true;
    const loops = this.document.nodes.filter(({ type, id }) => type === 'core.loop' && id !== edge.to);
    const passes = (from: readonly string[], without: ReadonlySet<string>): ReadonlySet<string> => {
      const seen = new Set<string>();
      const open = from.filter((id) => !without.has(id));
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        for (const next of edges) if (next.from === id && !this.isExit(next) && !without.has(next.to)) open.push(next.to);
      }
      return seen;
    };
    const around = loops.filter(({ id }) => !passes(['t'], new Set([id])).has(edge.to));
    const first = edges.filter((one) => one.from === edge.to && one.output === 'loop').map((one) => one.to);
    return passes(first, new Set([edge.to, ...around.map(({ id }) => id)])).has(edge.from);
  }
}

function reachedFrom(id: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    for (const { from, to } of edges) if (from === at) open.push(to);
  }
  return reached;
}

function outputsOf(type: string, parameters: Readonly<Record<string, JsonValue>>): readonly string[] {
  switch (type) {
    case 'core.if':
      return ['true', 'false'];
    case 'core.filter':
      return ['main', 'discarded'];
    case 'core.switch': {
      const cases = parameters['cases'] as readonly { readonly id: string }[];
      return [...cases.map(({ id }) => id), ...(parameters['fallback'] === 'output' ? ['fallback'] : [])];
    }
    case 'core.loop':
      return ['done', 'loop'];
    case 'core.stop':
      return [];
    default:
      return ['main'];
  }
}
