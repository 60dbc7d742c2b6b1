import type { Edge, WorkflowNode } from '@millwright/workflow';
import { digest } from '../simulation/behaviour.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { Graph } from './graph.ts';
import type { Lists } from './node-work.ts';
import { entry, type Arrival, type ModelLoop, type ModelNodeRun, type ModelScope } from './state.ts';

/** How items get from node to node: outputs, arrivals, nodes with several inputs, loops (engine.md §2.2 to 2.6). */
export abstract class Walk {
  readonly nodeRuns: ModelNodeRun[] = [];
  readonly graph: Graph;
  /** Node runs in the order in which they began. */
  readonly begun: string[] = [];
  protected readonly scopes: ModelScope[] = [];
  /** Sequential only: what runs next is at the end. */
  protected readonly stack: ModelNodeRun[] = [];
  /** Parallel only: what is ready, in turn. */
  readonly #ready: ModelNodeRun[] = [];
  #isBeginning = false;

  constructor(scenario: Scenario) {
    this.graph = new Graph(scenario.document);
  }

  /** It is the turn of a node run. */
  protected abstract begin(run: ModelNodeRun): void;

  protected scope(id: string, owner: ModelNodeRun | null, place: Pick<ModelScope, 'parent' | 'index' | 'phase'>): ModelScope {
    const scope = { id, owner, ...place, collected: [], arrivals: new Map(), loops: new Map(), isOver: false };
    this.scopes.push(scope);
    return scope;
  }

  protected create(node: WorkflowNode, scope: ModelScope, inputs: Lists, from: string): ModelNodeRun {
    const base = digest(`${node.id}@${scope.id}<${from}`);
    const count = this.nodeRuns.filter((one) => one.id.startsWith(`${node.id}.${base}`)).length;
    const id = `${node.id}.${base}${count === 0 ? '' : `+${count}`}`;
    const cut =
      node.settings.executeOnce && !node.settings.disabled
        ? Object.fromEntries(Object.entries(inputs).map(([port, list]) => [port, list.slice(0, 1)]))
        : inputs;
    const run: ModelNodeRun = { id, node, scope, inputs: cut, status: 'queued', outputs: {}, attempts: 1, results: [], nextItem: 0 };
    this.nodeRuns.push(run);
    return run;
  }

  /** A node run gives what it gives: every output with an item delivers along each of its edges. */
  protected over(run: ModelNodeRun, status: ModelNodeRun['status'], outputs: Lists): void {
    run.status = status;
    run.outputs = outputs;
    const ports = this.graph.outputs(run.node);
    this.deliver(
      run,
      this.graph.from(run.node.id).toSorted((a, b) => this.compare(a, b, ports)),
    );
  }

  /** Top to bottom, then left to right; lines to one node in the order of the outputs. */
  protected compare(a: Edge, b: Edge, ports: readonly string[]): number {
    const [at, other] = [this.graph.node(a.to).position, this.graph.node(b.to).position];
    return at[1] - other[1] || at[0] - other[0] || ports.indexOf(a.output) - ports.indexOf(b.output);
  }

  protected deliver(run: ModelNodeRun, edges: readonly Edge[]): void {
    const next: ModelNodeRun[] = [];
    for (const edge of edges) {
      const items = run.outputs[edge.output] ?? [];
      if (items.length > 0) next.push(...this.arrive(run.scope, edge, { items, by: `${run.id}:${edge.output}` }));
    }
    this.schedule(next);
  }

  protected schedule(runs: readonly ModelNodeRun[]): void {
    if (this.graph.isSequential) this.stack.push(...runs.toReversed());
    else {
      // All that is ready runs at once: what follows from one that is over at once comes after the others of its time.
      this.#ready.push(...runs);
      this.#beginReady();
    }
  }

  #beginReady(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) if (next.status === 'queued') this.begin(next);
    this.#isBeginning = false;
  }

  protected arrive(scope: ModelScope, edge: Edge, arrival: Arrival): readonly ModelNodeRun[] {
    const node = this.graph.node(edge.to);
    if (this.graph.isExit(edge)) {
      scope.collected.push(...arrival.items);
      return [];
    }
    if (node.type === 'core.loop') return this.arriveAtLoop(scope, node, { port: edge.input, arrival });
    const wired = this.graph.wired(node);
    if (wired.length < 2) return [this.create(node, scope, { [edge.input]: arrival.items }, `${edge.input}=${arrival.by}`)];
    const queues = entry(scope.arrivals, node.id, () => new Map<string, Arrival[]>());
    entry(queues, edge.input, () => [] as Arrival[]).push(arrival);
    return wired.every((port) => (queues.get(port) ?? []).length > 0) ? [this.release(scope, node)] : [];
  }

  /** One node run of a node with several inputs: the oldest arrival of each that has one. */
  protected release(scope: ModelScope, node: WorkflowNode): ModelNodeRun {
    const queues = scope.arrivals.get(node.id) ?? new Map<string, Arrival[]>();
    const heads = this.graph.wired(node).flatMap((port) => {
      const head = queues.get(port)?.shift();
      return head === undefined ? [] : [[port, head] as const];
    });
    const inputs = Object.fromEntries(heads.map(([port, { items }]) => [port, items]));
    return this.create(node, scope, inputs, heads.map(([port, { by }]) => `${port}=${by}`).join());
  }

  protected arriveAtLoop(scope: ModelScope, node: WorkflowNode, { port, arrival }: { readonly port: string; readonly arrival: Arrival }) {
    const loop = entry(scope.loops, node.id, (): ModelLoop => ({ left: null, back: [], held: [], lists: [], isBusy: false }));
    if (node.settings.disabled) return [this.create(node, scope, { [port]: arrival.items }, `${port}=${arrival.by}`)];
    // What came back in a round waits for the others; a list is a node run at once.
    if (port !== 'back' || loop.left === null) return [this.create(node, scope, { [port]: arrival.items }, `${port}=${arrival.by}`)];
    loop.held.push(arrival);
    return [];
  }

  /** The next node run of a loop in a round: of what came back, or of nothing where nothing came back. */
  protected runLoop(scope: ModelScope, node: WorkflowNode, loop: ModelLoop): ModelNodeRun {
    const back = loop.held.shift();
    loop.isBusy = true;
    const count = this.nodeRuns.filter((one) => one.node === node && one.scope === scope).length;
    if (back !== undefined) return this.create(node, scope, { back: back.items }, `back=${back.by}`);
    return this.create(node, scope, {}, `${count}`);
  }

  protected finishLoop(run: ModelNodeRun): void {
    const { node, scope, inputs } = run;
    const loop = scope.loops.get(node.id);
    if (loop === undefined) throw new Error(`${node.id} has no rounds`);
    const size = Number(node.parameters['batchSize'] ?? 1);
    if (inputs['main'] !== undefined) {
      // Lists have their turn one after the other.
      if (loop.left !== null) {
        loop.lists.push(inputs['main']);
        return this.over(run, 'succeeded', {});
      }
      loop.left = inputs['main'].slice(size);
      return this.over(run, 'succeeded', { loop: inputs['main'].slice(0, size) });
    }
    loop.isBusy = false;
    if (loop.left === null) return this.over(run, 'succeeded', { done: inputs['back'] ?? [] });
    loop.back.push(...(inputs['back'] ?? []));
    // Others have come back in this round too: each is a node run, the last one goes on.
    if (loop.held.length > 0) {
      this.over(run, 'succeeded', {});
      return this.schedule([this.runLoop(scope, node, loop)]);
    }
    const isDone = loop.left.length === 0;
    const done = isDone ? loop.back.splice(0) : [];
    const left = isDone ? (loop.lists.shift() ?? null) : loop.left;
    loop.left = left === null ? null : left.slice(size);
    return this.over(run, 'succeeded', { ...(isDone ? { done } : {}), ...(left === null ? {} : { loop: left.slice(0, size) }) });
  }
}
