import { InvariantError } from '@millwright/core';
import type { Activation, DataRef, NodeMemory, PlanNode, RememberedSection, RunState, ScopeInstance } from '@millwright/workflow';
import { UNDO_INDEX } from '../control/compensate/undo-index.ts';
import { controlPlans } from '../control/plans.ts';
import type { Command, Outputs, Settled } from './events.ts';
import type { Graph } from './graph.ts';
import { keyIn, scopeOf } from './scope-keys.ts';
import { Counts } from './tables/counts.ts';
import { Table } from './tables/table.ts';

/** Most activations of one run at all. */
const RUN_LIMIT_ALL = 1_000_000;

type Arrivals = Table<Readonly<Record<string, readonly DataRef[]>>>;
type Ended = NonNullable<RunState['ended']>;

/** A state while one event is applied to it: changed in place, then frozen into the next `RunState`. */
export class Working {
  readonly graph: Graph;
  readonly commands: Command[] = [];
  seq: number;
  timeMs: number;
  active: Activation[];
  readonly arrivals: Arrivals;
  readonly #startedAtMs: number;
  readonly #counts: Counts;
  readonly #outputs: Table<Outputs>;
  /** What control nodes remember, by node. */
  readonly memory: Table<NodeMemory>;
  /** What was taken over from earlier runs, by node. */
  readonly inherited: Table<readonly number[]>;
  /** Insides of containers, in the order of opening. */
  scopes: readonly ScopeInstance[];
  /** Sections to undo when what holds them fails, in the order in which they were done. */
  remembered: readonly RememberedSection[];
  /** How the run ends once everything remembered is undone. */
  failing: RunState['failing'];
  #progressAt: number;
  #total: number;
  #replied: boolean;
  #exceeded: RunState['failing'];
  #ended: Ended | undefined;
  /** Activations before it are not ready. */
  #notReady = 0;

  constructor(graph: Graph, state: RunState) {
    this.graph = graph;
    this.seq = state.seq;
    this.timeMs = state.timeMs;
    this.active = [...state.active];
    this.arrivals = new Table(state.arrivals);
    this.#startedAtMs = state.startedAtMs;
    this.#counts = new Counts(state);
    this.#outputs = new Table(state.outputs);
    this.memory = new Table(state.memory);
    this.inherited = new Table(state.inherited);
    this.scopes = state.scopes ?? [];
    this.remembered = state.remembered ?? [];
    this.failing = state.failing;
    this.#progressAt = state.progressAt ?? 0;
    this.#total = state.total;
    this.#replied = state.replied === true;
    this.#ended = state.ended;
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** The next state. */
  finish(): RunState {
    return {
      v: 1,
      seq: this.seq,
      timeMs: this.timeMs,
      startedAtMs: this.#startedAtMs,
      active: this.active,
      arrivals: this.arrivals.record,
      ...this.#counts.finish(),
      outputs: this.#outputs.record,
      total: this.#total,
      ...(this.memory.isEmpty ? {} : { memory: this.memory.record }),
      ...(this.#progressAt === 0 ? {} : { progressAt: this.#progressAt }),
      ...(this.inherited.isEmpty ? {} : { inherited: this.inherited.record }),
      ...(this.scopes.length === 0 ? {} : { scopes: this.scopes }),
      ...(this.remembered.length === 0 ? {} : { remembered: this.remembered }),
      ...(this.failing === undefined ? {} : { failing: this.failing }),
      ...(this.#replied ? { replied: true as const } : {}),
      ...(this.#ended === undefined ? {} : { ended: this.#ended }),
    };
  }

  /** @throws InvariantError when there is no such activation */
  find(nodeId: string, runIndex: number): Activation {
    const found = this.active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
    if (found === undefined) throw new InvariantError({ code: 'event_without_activation', message: `no activation ${nodeId}:${runIndex}` });
    return found;
  }

  /**
   * Takes a numbered outcome.
   * @throws InvariantError when a number is missing or comes twice
   */
  take(seq: number): void {
    if (seq !== this.seq + 1) throw new InvariantError({ code: 'outcome_order', message: `outcome ${seq} after ${this.seq}` });
    this.seq = seq;
  }

  replace(old: Activation, next: Activation): void {
    const at = this.active.indexOf(old);
    if (at >= 0) this.active[at] = next;
    if (next.status === 'ready') this.#notReady = 0;
  }

  /** The first activation that may start. */
  nextReady(): Activation | undefined {
    while (this.#notReady < this.active.length && this.active[this.#notReady]?.status !== 'ready') this.#notReady += 1;
    return this.active[this.#notReady];
  }

  /** New activations of a node. In sequential order they go first: depth before breadth. */
  activate(
    created: readonly { readonly node: PlanNode; readonly inputs: Outputs; readonly more?: true }[],
    scope: string | undefined,
  ): void {
    const fresh = created.map(({ node, inputs, more }): Activation => {
      const run = this.#takeRun(node.id, scope);
      this.#total += 1;
      const place = { ...(more === undefined ? {} : { more }), ...(scope === undefined ? {} : { scope }) };
      return { nodeId: node.id, ...run, status: 'ready', inputs, attempt: 1, atMs: this.timeMs, ...place };
    });
    if (this.graph.skeleton.order === 'sequential') {
      this.active.unshift(...fresh);
      this.#notReady = 0;
    } else this.active.push(...fresh);
    const { runLimit } = this.graph.rules;
    const isStuck = this.#total - this.#progressAt > runLimit;
    // What has to be undone may still be.
    if (isStuck || (this.#total > RUN_LIMIT_ALL && this.failing === undefined))
      this.#exceeded ??= tooMany(isStuck ? runLimit : undefined, fresh[0]?.nodeId);
  }

  /** The slot of its scope instance where that has one and the node has not had it; else the node's next. */
  #takeRun(nodeId: string, scopeId: string | undefined): Pick<Activation, 'runIndex' | 'keyIndex'> {
    const scope = scopeId === undefined ? undefined : this.scope(scopeId);
    if (scope?.slot !== undefined && scope.ran?.includes(nodeId) !== true) {
      this.change(scope, { ran: [...(scope.ran ?? []), nodeId] });
      const section = this.#around(scopeId).find(({ phase }) => phase === 'do' || phase === 'undo');
      const isUndo = section?.phase === 'undo' && section.matched === true;
      return { runIndex: scope.slot, ...(isUndo ? { keyIndex: UNDO_INDEX + scope.slot } : {}) };
    }
    this.unmatch(scopeId);
    const runIndex = this.nextRun(nodeId);
    this.#counts.set(nodeId, runIndex + 1);
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
    const ids = new Set(this.#around(scopeId).flatMap(({ id, phase, matched }) => (phase === 'do' && matched === true ? [id] : [])));
    if (ids.size === 0) return;
    this.scopes = this.scopes.map((one) => {
      if (!ids.has(one.id)) return one;
      const { matched: _matched, ...rest } = one;
      return rest;
    });
  }

  /** The number that the next node run gets that has no slot. */
  nextRun(nodeId: string): number {
    return this.#counts.get(nodeId);
  }

  /** Numbers below this are taken. */
  skipRuns(nodeId: string, next: number): void {
    this.#counts.set(nodeId, next);
  }

  /** Keeps or forgets what a control node remembers. */
  remember({ nodeId, scope }: Activation, memory: NodeMemory | null): void {
    if (memory === null) this.memory.delete(keyIn(nodeId, scope));
    else this.memory.set(keyIn(nodeId, scope), memory);
  }

  /** Whether any node may wait for more arrivals. */
  get hasPending(): boolean {
    return !this.arrivals.isEmpty || !this.memory.isEmpty;
  }

  /** @throws InvariantError when no such scope instance is open */
  scope(id: string): ScopeInstance {
    const found = this.scopes.find((one) => one.id === id);
    if (found === undefined) throw new InvariantError({ code: 'scope_not_open', message: `no scope instance ${id}` });
    return found;
  }

  /** Replaces an open scope instance by what it is now. */
  change({ id }: ScopeInstance, next: Partial<ScopeInstance>): void {
    this.scopes = this.scopes.map((one) => (one.id === id ? { ...one, ...next } : one));
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
    this.#progressAt = this.#total;
  }

  /** Too many node runs: how the run fails; taken once. */
  takeExceeded(): RunState['failing'] {
    const exceeded = this.#exceeded;
    this.#exceeded = undefined;
    return exceeded;
  }

  /** Takes an activation off the list and tells how it ended. Its outputs are not yet delivered. */
  settle(activation: Activation, how: Omit<Settled, 'type' | 'activation'>): void {
    const at = this.active.indexOf(activation);
    if (at >= 0) this.active.splice(at, 1);
    this.#notReady = Math.min(this.#notReady, Math.max(at, 0));
    const node = this.graph.node(activation.nodeId);
    const isDone = how.status === 'succeeded' || how.status === 'skipped' || how.status === 'failed';
    if (isDone) this.keepOutputs(node.id, activation.scope, how.outputs);
    if (how.status === 'succeeded' && node.control !== null && controlPlans[node.control]?.answers === true) this.#replied = true;
    this.commands.push({ type: 'settled', activation, ...how });
  }

  /** Ends the run; whatever is open is canceled. */
  end(ended: Ended): void {
    if (this.#ended !== undefined) return;
    this.#ended = ended;
    this.cancel(() => true, ended.reason);
    this.forget(new Set(this.scopes.map((one) => one.id)));
    for (const table of [this.arrivals, this.memory]) table.clear();
    this.scopes = [];
    this.remembered = [];
    this.failing = undefined;
    this.commands.push({ type: 'end', ...ended });
  }

  /** Cancels activations. */
  cancel(isMeant: (activation: Activation) => boolean, reason: Ended['reason']): void {
    for (const activation of this.active.filter(isMeant))
      this.commands.push({ type: 'settled', activation, status: 'canceled', ...(reason === undefined ? {} : { reason }), outputs: {} });
    this.active = this.active.filter((one) => !isMeant(one));
    this.#notReady = 0;
  }
}

/** @param stuckAt the limit of node runs that got on with nothing; undefined: there were too many in all */
function tooMany(stuckAt: number | undefined, nodeId: string | undefined): NonNullable<RunState['failing']> {
  const count = (stuckAt ?? RUN_LIMIT_ALL).toLocaleString('en');
  return {
    reason: 'limit',
    error: {
      code: 'run_limit',
      message:
        stuckAt !== undefined
          ? `The run started more than ${count} steps and got no further with its items.`
          : `The run started more than ${count} steps.`,
      hint: 'A loop may never end. Check the condition that should leave it.',
      reason: 'limit',
      ...(nodeId === undefined ? {} : { nodeId }),
    },
  };
}
