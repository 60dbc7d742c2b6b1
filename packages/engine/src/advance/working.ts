import { InvariantError } from '@millwright/core';
import type { Activation, DataRef, PlanNode, RunState } from '@millwright/workflow';
import { controlPlans } from '../control/plans.ts';
import type { Command, Outputs, Settled } from './events.ts';
import type { Graph } from './graph.ts';

/** Most activations of one run. */
export const RUN_LIMIT = 10_000;

type Arrivals = Record<string, Record<string, readonly DataRef[]>>;
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
  readonly #counts: Record<string, number>;
  readonly #outputs: Record<string, Outputs>;
  #total: number;
  #replied: boolean;
  #ended: Ended | undefined;

  constructor(graph: Graph, state: RunState) {
    this.graph = graph;
    this.seq = state.seq;
    this.timeMs = state.timeMs;
    this.active = [...state.active];
    this.arrivals = { ...state.arrivals };
    this.#startedAtMs = state.startedAtMs;
    this.#counts = { ...state.counts };
    this.#outputs = { ...state.outputs };
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
      arrivals: this.arrivals,
      counts: this.#counts,
      outputs: this.#outputs,
      total: this.#total,
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
    this.active = this.active.map((one) => (one === old ? next : one));
  }

  /** New activations of a node. In sequential order they go first: depth before breadth. */
  activate(created: readonly { readonly node: PlanNode; readonly inputs: Outputs }[]): void {
    const fresh = created.map(({ node, inputs }): Activation => {
      const runIndex = this.#counts[node.id] ?? 0;
      this.#counts[node.id] = runIndex + 1;
      this.#total += 1;
      return { nodeId: node.id, runIndex, status: 'ready', inputs, attempt: 1, atMs: this.timeMs };
    });
    this.active = this.graph.skeleton.order === 'sequential' ? [...fresh, ...this.active] : [...this.active, ...fresh];
    if (this.#total > RUN_LIMIT) this.#refuseMore(fresh[0]?.nodeId);
  }

  #refuseMore(nodeId: string | undefined): void {
    this.end({
      status: 'failed',
      reason: 'limit',
      error: {
        code: 'run_limit',
        message: `The run started more than ${RUN_LIMIT.toLocaleString('en')} steps.`,
        hint: 'A loop may never end. Check the condition that should leave it.',
        reason: 'limit',
        ...(nodeId === undefined ? {} : { nodeId }),
      },
    });
  }

  /** Takes an activation off the list and tells how it ended. Its outputs are not yet delivered. */
  settle(activation: Activation, how: Omit<Settled, 'type' | 'activation'>): void {
    this.active = this.active.filter((one) => one !== activation);
    const node = this.graph.node(activation.nodeId);
    const isDone = how.status === 'succeeded' || how.status === 'skipped' || how.status === 'failed';
    if (isDone && this.graph.isRead(node.id)) this.#outputs[node.id] = how.outputs;
    if (how.status === 'succeeded' && node.control !== null && controlPlans[node.control]?.answers === true) this.#replied = true;
    this.commands.push({ type: 'settled', activation, ...how });
  }

  /** Ends the run; whatever is open is canceled. */
  end(ended: Ended): void {
    if (this.#ended !== undefined) return;
    this.#ended = ended;
    for (const activation of this.active) {
      this.commands.push({
        type: 'settled',
        activation,
        status: 'canceled',
        ...(ended.reason === undefined ? {} : { reason: ended.reason }),
        outputs: {},
      });
    }
    this.active = [];
    for (const nodeId of Object.keys(this.arrivals)) delete this.arrivals[nodeId];
    this.commands.push({ type: 'end', ...ended });
  }
}
