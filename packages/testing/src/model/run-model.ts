import type { WorkflowNode } from '@millwright/workflow';
import type { Scenario } from '../simulation/scenario.ts';
import { Failures } from './failures.ts';
import { work } from './node-work.ts';
import type { Arrival, ModelError, ModelNodeRun, ModelScope } from './state.ts';
import { endless, isRoundOver, starved } from './waiting.ts';

/**
 * What a run is, slowly and plainly, from engine.md §2. Somebody else says which of the node runs that are under way is over next;
 * in sequential order there is only ever one.
 */
export class RunModel extends Failures {
  end: { readonly status: 'succeeded' | 'failed' | 'canceled'; readonly error?: ModelError } | null = null;
  readonly #scenario: Scenario;
  readonly #root: ModelScope;

  constructor(scenario: Scenario) {
    super(scenario);
    this.#scenario = scenario;
    this.#root = this.scope('', null, { parent: null, index: -1, phase: 'run' });
    const given = scenario.items.length === 0 ? [{}] : scenario.items;
    const items = given.map((json, index) => ({ json, origins: [index] }));
    const trigger = this.create(this.graph.node('t'), this.#root, {}, '');
    this.begin(trigger);
    this.over(trigger, 'succeeded', { main: items });
    this.#settle();
  }

  /** Node runs that may be over next. */
  get underWay(): readonly ModelNodeRun[] {
    return this.nodeRuns.filter((run) => run.status === 'underWay');
  }

  /**
   * A node run is over: what it came to follows from the script.
   * @param told which of the failures of items that run side by side came first, where it failed
   * @throws Error when it is not under way
   */
  finish(id: string, told?: string): void {
    const run = this.underWay.find((one) => one.id === id);
    if (run === undefined) throw new Error(`${id} is not under way`);
    if (run.node.type === 'core.loop') this.finishLoop(run);
    else {
      const { behaviours, items } = this.#scenario;
      const { outputs, codes, attempts } = work({
        node: run.node,
        inputs: run.inputs,
        wired: this.graph.wired(run.node),
        ports: this.graph.outputs(run.node),
        behaviour: behaviours[run.node.id],
        trigger: items.length === 0 ? [{}] : items,
      });
      run.attempts = attempts;
      const isStopped = codes.length > 0 && run.node.settings.onError === 'stop';
      if (isStopped) {
        run.status = 'failed';
        this.fail(run.scope, { codes: told !== undefined && codes.includes(told) ? [told] : codes, nodeId: run.node.id });
      } else this.over(run, codes.length > 0 ? 'failed' : 'succeeded', outputs);
    }
    this.#settle();
  }

  /** Somebody stops the run: nothing more happens, nothing is undone. */
  cancel(): void {
    if (this.end !== null) return;
    this.sections = [];
    this.undoings = [];
    this.clear(this.#root);
    this.end = { status: 'canceled' };
  }

  /** Does what follows by itself, until somebody must say what is over next. */
  #settle(): void {
    for (let i = 0; i < 100_000 && this.end === null; i++) if (!this.#next()) return;
  }

  #next(): boolean {
    if (this.undoNext()) return true;
    for (const scope of this.scopes.toReversed()) if (!scope.isOver && this.#isCalm(scope) && this.#goOn(scope)) return true;
    // What began first ends first, where neither has anything left to do.
    for (const scope of this.scopes) {
      if (scope.isOver || this.#isBusy(scope)) continue;
      if (this.#forced(scope)) return true;
      if (this.undoings.some((one) => one.scope === scope)) continue;
      this.close(scope);
      return true;
    }
    const next = this.graph.isSequential && this.underWay.length === 0 ? this.stack.pop() : undefined;
    if (next === undefined) return false;
    this.begin(next);
    return true;
  }

  /** Not being undone: what is left in it may go on. */
  #isCalm(scope: ModelScope): boolean {
    return !this.undoings.some((one) => one.scope === scope);
  }

  /** Rounds that are over, and nodes that wait in vain though others still run. */
  #goOn(scope: ModelScope): boolean {
    const open = this.#openRuns(scope);
    const join = starved(this.graph, scope, open);
    if (join !== undefined) return this.#letGo(scope, join);
    const loop = isRoundOver(this.graph, scope, open);
    if (loop === undefined) return false;
    const state = scope.loops.get(loop.id);
    if (state === undefined) return false;
    this.schedule([this.runLoop(scope, loop, state)]);
    return true;
  }

  /** Where nodes wait for each other, the first as drawn goes on. */
  #forced(scope: ModelScope): boolean {
    const waiting = endless(this.graph, scope);
    if (waiting === undefined) return false;
    if (waiting.type !== 'core.loop') return this.#letGo(scope, waiting);
    const state = scope.loops.get(waiting.id);
    if (state === undefined) return false;
    this.schedule([this.runLoop(scope, waiting, state)]);
    return true;
  }

  /** Goes on with what is there; without what it requires it lets that go. */
  #letGo(scope: ModelScope, node: WorkflowNode): boolean {
    const queues = scope.arrivals.get(node.id) ?? new Map<string, Arrival[]>();
    const isComplete = this.graph.wired(node).every((port) => (queues.get(port) ?? []).length > 0);
    if (node.parameters['mode'] === 'choose' && !isComplete) scope.arrivals.delete(node.id);
    else this.schedule([this.release(scope, node)]);
    return true;
  }

  #openRuns(scope: ModelScope): readonly ModelNodeRun[] {
    return this.nodeRuns.filter(
      (run) => run.scope === scope && (run.status === 'queued' || run.status === 'underWay' || run.status === 'open'),
    );
  }

  #isBusy(scope: ModelScope): boolean {
    return this.#openRuns(scope).length > 0;
  }

  protected succeed(): void {
    this.end = { status: 'succeeded' };
  }

  protected runFails(error: ModelError): void {
    this.end = { status: 'failed', error };
  }
}
