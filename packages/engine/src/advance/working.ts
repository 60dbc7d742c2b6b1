import { InvariantError } from '@millwright/core';
import type { Activation, DataRef, NodeMemory, PlanNode, RunState, ScopeInstance } from '@millwright/workflow';
import { UNDO_INDEX } from '../control/compensate/undo-index.ts';
import { planOf } from '../control/advance-plans.ts';
import type { Command, Outputs, Settled } from './events.ts';
import { given, there } from './tables/given.ts';
import type { Graph } from './graph.ts';
import { RUN_LIMIT_ALL, tooManySteps } from './failing/limits.ts';
import { keyIn, scopeOf } from './scope-keys.ts';
import { Counts } from './tables/counts.ts';
import { Table } from './tables/table.ts';

type Ended = NonNullable<RunState['ended']>;

/** A state that may be changed, with lists where it may have none. */
type Draft = { -readonly [K in keyof RunState]: RunState[K] } & Required<Pick<RunState, 'scopes' | 'remembered'>> & {
    active: Activation[];
  };

/** A state while one event is applied to it: changed in place, then frozen into the next `RunState`. */
export class Working {
  readonly graph: Graph;
  readonly commands: Command[] = [];
  /** What is not in one of the tables. */
  readonly now: Draft;
  readonly arrivals: Table<Readonly<Record<string, readonly DataRef[]>>>;
  /** Of node runs without a slot: the next number. */
  readonly counts: Counts;
  readonly #outputs: Table<Outputs>;
  /** What control nodes remember, by node. */
  readonly memory: Table<NodeMemory>;
  /** What was taken over from earlier runs, by node. */
  readonly inherited: Table<readonly number[]>;
  #exceeded: RunState['failing'];
  /** Activations before it are not ready. */
  #notReady = 0;

  constructor(graph: Graph, state: RunState) {
    this.graph = graph;
    this.now = { scopes: [], remembered: [], ...state, active: [...state.active] };
    this.arrivals = new Table(state.arrivals);
    this.counts = new Counts(state);
    this.#outputs = new Table(state.outputs);
    this.memory = new Table(state.memory);
    this.inherited = new Table(state.inherited);
  }

  get isEnded(): boolean {
    return this.now.ended !== undefined;
  }

  /** The next state. */
  finish(): RunState {
    const { scopes, remembered } = this.now;
    return given({
      ...this.now,
      ...this.counts.finish(),
      arrivals: this.arrivals.record,
      outputs: this.#outputs.record,
      memory: this.memory.some,
      inherited: this.inherited.some,
      scopes: scopes.length === 0 ? undefined : scopes,
      remembered: remembered.length === 0 ? undefined : remembered,
    });
  }

  /** @throws InvariantError when there is no such activation */
  find({ nodeId, runIndex }: Pick<Activation, 'nodeId' | 'runIndex'>): Activation {
    const found = this.now.active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
    return there(found, 'event_without_activation', `no activation ${nodeId}:${runIndex}`);
  }

  /**
   * Takes a numbered outcome.
   * @throws InvariantError when a number is missing or comes twice
   */
  take(seq: number): void {
    if (seq !== this.now.seq + 1) throw new InvariantError({ code: 'outcome_order', message: `outcome ${seq} after ${this.now.seq}` });
    this.now.seq = seq;
  }

  replace(old: Activation, next: Activation): void {
    const at = this.now.active.indexOf(old);
    if (at >= 0) this.now.active[at] = next;
    if (next.status === 'ready') this.#notReady = 0;
  }

  /** The first activation that may start. */
  nextReady(): Activation | undefined {
    while (this.#notReady < this.now.active.length && this.now.active[this.#notReady]?.status !== 'ready') this.#notReady += 1;
    return this.now.active[this.#notReady];
  }

  /** New activations of a node. In sequential order they go first: depth before breadth. */
  activate(
    created: readonly { readonly node: PlanNode; readonly inputs: Outputs; readonly more?: true }[],
    scope: string | undefined,
  ): void {
    const fresh = created.map(({ node, inputs, more }): Activation => {
      this.now.total += 1;
      const run = this.#takeRun(node.id, scope);
      return given({ nodeId: node.id, ...run, status: 'ready' as const, inputs, attempt: 1, atMs: this.now.timeMs, more, scope });
    });
    if (this.graph.isSequential) {
      this.now.active.unshift(...fresh);
      this.#notReady = 0;
    } else this.now.active.push(...fresh);
    const { runLimit } = this.graph.rules;
    const isStuck = this.now.total - (this.now.progressAt ?? 0) > runLimit;
    // What has to be undone may still be.
    if (isStuck || (this.now.total > RUN_LIMIT_ALL && this.now.failing === undefined))
      this.#exceeded ??= { reason: 'limit', error: tooManySteps(isStuck ? runLimit : undefined, fresh[0]?.nodeId) };
  }

  /** The slot of its scope instance where that has one and the node has not had it; else the node's next. */
  #takeRun(nodeId: string, scopeId: string | undefined): { readonly runIndex: number; readonly keyIndex?: number | undefined } {
    const scope = scopeId === undefined ? undefined : this.scope(scopeId);
    if (scope?.slot !== undefined && scope.ran?.includes(nodeId) !== true) {
      this.change(scope, { ran: [...(scope.ran ?? []), nodeId] });
      const section = this.#around(scopeId).find(({ phase }) => phase === 'do' || phase === 'undo');
      const isUndo = section?.phase === 'undo' && section.matched === true;
      return { runIndex: scope.slot, keyIndex: isUndo ? UNDO_INDEX + scope.slot : undefined };
    }
    this.unmatch(scopeId);
    const runIndex = this.counts.get(nodeId);
    this.counts.set(nodeId, runIndex + 1);
    return { runIndex };
  }

  /** The scope instances around a place, the innermost first. */
  #around(scopeId: string | undefined): readonly ScopeInstance[] {
    const found: ScopeInstance[] = [];
    for (let id = scopeId; id !== undefined;) {
      const scope = this.scope(id);
      found.push(scope);
      id = scope.parent;
    }
    return found;
  }

  /** Something in a scope instance has another number than its place says: what undoes the sections around cannot be matched with them. */
  unmatch(scopeId: string | undefined): void {
    for (const one of this.#around(scopeId)) if (one.phase === 'do' && one.matched === true) this.change(one, { matched: undefined });
  }

  /** @throws InvariantError when no such scope instance is open */
  scope(id: string): ScopeInstance {
    const found = this.now.scopes.find((one) => one.id === id);
    return there(found, 'scope_not_open', `no scope instance ${id}`);
  }

  /** Replaces an open scope instance by what it is now. What is undefined is forgotten. */
  change<K extends keyof ScopeInstance>({ id }: ScopeInstance, next: { readonly [P in K]: ScopeInstance[P] | undefined }): ScopeInstance {
    const changed = given({ ...this.scope(id), ...next }) as ScopeInstance;
    this.now.scopes = this.now.scopes.map((one) => (one.id === id ? changed : one));
    return changed;
  }

  /** Forgets what nodes of scope instances that are over waited for, remembered and gave. */
  forget(ids: ReadonlySet<string>): void {
    for (const table of [this.arrivals, this.memory, this.#outputs])
      for (const key of table.keys) if (ids.has(scopeOf(key) ?? '')) table.delete(key);
  }

  /** Nothing waits any more in a scope instance; what its nodes gave can still be read there. */
  leave(id: string | undefined): void {
    for (const table of [this.arrivals, this.memory]) for (const key of table.keys) if (scopeOf(key) === id) table.delete(key);
  }

  /** Keeps what a node gave where some expression reads it. */
  keepOutputs(nodeId: string, scope: string | undefined, outputs: Outputs): void {
    if (this.graph.isRead(nodeId)) this.#outputs.set(keyIn(nodeId, scope), outputs);
  }

  /** A node got on with its items: the limit counts from here. */
  progress(): void {
    this.now.progressAt = this.now.total;
  }

  /** Too many node runs: how the run fails; taken once. */
  takeExceeded(): RunState['failing'] {
    const exceeded = this.#exceeded;
    this.#exceeded = undefined;
    return exceeded;
  }

  /** Takes an activation off the list and tells how it ended. Its outputs are not yet delivered. */
  settle(activation: Activation, how: Omit<Settled, 'type' | 'activation'>): void {
    const at = this.now.active.indexOf(activation);
    if (at >= 0) this.now.active.splice(at, 1);
    this.#notReady = Math.min(this.#notReady, Math.max(at, 0));
    const node = this.graph.node(activation.nodeId);
    const isDone = how.status === 'succeeded' || how.status === 'skipped' || how.status === 'failed';
    if (isDone) this.keepOutputs(node.id, activation.scope, how.outputs);
    if (how.status === 'succeeded' && planOf(node)?.answers === true) this.now.replied = true;
    this.commands.push({ type: 'settled', activation, ...how });
  }

  /** Ends the run; whatever is open is canceled. */
  end(ended: Ended): void {
    if (this.isEnded) return;
    this.now.ended = ended;
    this.cancel(() => true, ended.reason);
    this.forget(new Set(this.now.scopes.map((one) => one.id)));
    for (const table of [this.arrivals, this.memory]) table.clear();
    this.now.scopes = [];
    this.now.remembered = [];
    delete this.now.failing;
    this.commands.push({ type: 'end', ...ended });
  }

  /** Cancels activations. */
  cancel(isMeant: (activation: Activation) => boolean, reason: Ended['reason']): void {
    for (const activation of this.now.active.filter(isMeant))
      this.commands.push({ type: 'settled', activation, status: 'canceled', outputs: {}, ...given({ reason }) });
    this.now.active = this.now.active.filter((one) => !isMeant(one));
    this.#notReady = 0;
  }
}
