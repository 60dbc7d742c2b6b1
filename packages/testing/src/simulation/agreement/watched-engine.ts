import { advance, type Command, type EngineEvent } from '@millwright/engine/advance';
import type { Activation, PlanSkeleton, RunState } from '@millwright/workflow';
import { digest } from '../behaviour.ts';
import { checkAdvanced } from './invariants.ts';

/** A node run as it is seen from outside. */
export interface SeenRun {
  /** Node, surroundings, and where its items came from: the same in every order of events. */
  readonly id: string;
  readonly nodeId: string;
  readonly runIndex: number;
  status: 'running' | 'succeeded' | 'failed' | 'skipped' | 'canceled';
  attempts: number;
}

/** What happened to a run as a whole, in order: a node run is over by itself, or somebody stopped the run. */
export type Happened = { readonly over: string; readonly code?: string } | { readonly canceled: true };

/** The engine, with all that it does written down and checked. */
export class WatchedEngine {
  /** By `nodeId:runIndex`. */
  readonly runs = new Map<string, SeenRun>();
  readonly happened: Happened[] = [];
  /** Node runs in the order in which they began. */
  readonly begun: string[] = [];
  /** What must never be. */
  readonly wrong: string[] = [];
  readonly #hasBegun = new Set<string>();
  readonly #ids = new Map<string, number>();

  /** In place of the engine's own. */
  readonly advance: typeof advance = (skeleton, before, event) => {
    const result = advance(skeleton, before, event);
    checkAdvanced({ skeleton, before, event, ...result }, (what) => this.wrong.push(what));
    this.#write(skeleton, before, { event, ...result });
    return result;
  };

  #write(
    _skeleton: PlanSkeleton,
    before: RunState | null,
    { event, commands }: { readonly event: EngineEvent; readonly commands: readonly Command[] },
  ): void {
    if (event.type === 'canceled' && before?.ended === undefined) this.happened.push({ canceled: true });
    const of = 'nodeId' in event && event.type !== 'started' ? `${event.nodeId}:${event.runIndex}` : undefined;
    const own = commands.filter((one) => one.type === 'settled').find((one) => of === keyOf(one.activation));
    const isOver = own !== undefined && of !== undefined && event.type !== 'canceled';
    if (isOver) {
      const run = this.runs.get(of);
      if (run !== undefined) this.happened.push({ over: run.id, ...(own.error === undefined ? {} : { code: own.error.code }) });
    }
    for (const command of commands) this.#follow(command);
  }

  #follow(command: Command): void {
    switch (command.type) {
      case 'run':
      case 'open':
        if (this.#seen(command.activation).status !== 'running') this.wrong.push(`${keyOf(command.activation)} runs though it is over`);
        this.#begin(this.#seen(command.activation).id);
        return;
      case 'settled': {
        const run = this.#seen(command.activation);
        if (run.status !== 'running') this.wrong.push(`${keyOf(command.activation)} is settled twice`);
        run.status = command.status;
        if (command.status !== 'canceled') this.#begin(run.id);
        run.attempts = command.activation.attempt;
        return;
      }
      case 'list':
        this.#made.set(command.ref.id, command.parts[0]?.ref?.id ?? '');
        return;
      default:
        return;
    }
  }

  #seen(activation: Activation): SeenRun {
    const key = keyOf(activation);
    const known = this.runs.get(key);
    if (known !== undefined) return known;
    const id = this.#idOf(activation);
    const run: SeenRun = { id, nodeId: activation.nodeId, runIndex: activation.runIndex, status: 'running', attempts: 1 };
    this.#scopes.set(run, activation.scope === undefined ? '' : this.#scopeId(activation.scope));
    this.runs.set(key, run);
    return run;
  }

  #begin(id: string): void {
    if (this.#hasBegun.has(id)) return;
    this.#hasBegun.add(id);
    this.begun.push(id);
  }

  #idOf({ nodeId, scope, inputs }: Activation): string {
    const place = scope === undefined ? '' : this.#scopeId(scope);
    const ports = Object.entries(inputs).toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
    const from = ports.map(([port, { id }]) => `${port}=${this.#sourceId(id)}`);
    const loopCount = [...this.runs.values()].filter((one) => one.nodeId === nodeId && this.#scopes.get(one) === place).length;
    const base = digest(`${nodeId}@${place}<${from.length === 0 && nodeId !== 't' ? loopCount : from.join()}`);
    const name = `${nodeId}.${base}`;
    const count = this.#ids.get(name) ?? 0;
    this.#ids.set(name, count + 1);
    return `${name}${count === 0 ? '' : `+${count}`}`;
  }

  /** Lists that were put together: what the first part was taken from. */
  readonly #made = new Map<string, string>();
  readonly #scopes = new WeakMap<SeenRun, string>();

  /** `m:0#1`: the second item of a node run of a map. */
  #scopeId(scope: string): string {
    const [owner = '', item] = scope.split('#');
    const run = this.runs.get(owner);
    return `${run?.id ?? owner}${item === undefined ? '' : `#${item}`}`;
  }

  /** Where a list comes from: `a:0:main` is an output, `m:0#1:each` goes into a section. */
  #sourceId(ref: string): string {
    const cut = ref.startsWith('~') ? this.#made.get(ref) : undefined;
    if (cut !== undefined) return this.#sourceId(cut);
    const at = ref.lastIndexOf(':');
    return `${this.#scopeId(ref.slice(0, at))}:${ref.slice(at + 1)}`;
  }
}

function keyOf({ nodeId, runIndex }: Pick<Activation, 'nodeId' | 'runIndex'>): string {
  return `${nodeId}:${runIndex}`;
}
