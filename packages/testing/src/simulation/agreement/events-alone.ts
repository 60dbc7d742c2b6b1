import { InvariantError } from '@millwright/core';
import { advance, type EngineEvent } from '@millwright/engine/advance';
import type { Activation, DataRef, NodeMemory, PlanNode, PlanSkeleton, RunState } from '@millwright/workflow';
import { planOf } from '../plan-of.ts';
import { SeededRandom } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import { checkRoundTrip, checkAdvanced } from './invariants.ts';

/** Events after which somebody stops the run. */
const MOST_EVENTS = 400;
/** How often a state is written down and compared. */
const WRITTEN_EVERY = 4;
/** Rounds of a loop that go on before it is done. */
const MOST_ROUNDS = 3;

/** Plays `advance` alone over the graph of a scenario: any events in any order, some twice, some too late. What must never be, and was. */
export function playEvents({ document, items, seed }: Scenario): readonly string[] {
  const wrong: string[] = [];
  const { skeleton } = planOf(document);
  const first = new EventRun(skeleton, new SeededRandom(seed ^ 0x5eed), (what) => wrong.push(what));
  first.play(Math.max(1, items.length));
  const again = replay(JSON.parse(JSON.stringify(skeleton)) as PlanSkeleton, first.taken);
  if (JSON.stringify(again) !== JSON.stringify(first.state)) wrong.push('the same events lead to another state');
  return wrong;
}

/** Events alone decide: the same ones, over states that were written down and read again. */
function replay(skeleton: PlanSkeleton, events: readonly EngineEvent[]): RunState | null {
  let state: RunState | null = null;
  for (const event of events) state = JSON.parse(JSON.stringify(advance(skeleton, state, event).state)) as RunState;
  return state;
}

class EventRun {
  state: RunState | null = null;
  /** Events that were not refused. */
  readonly taken: EngineEvent[] = [];
  readonly #skeleton: PlanSkeleton;
  readonly #random: SeededRandom;
  readonly #wrong: (what: string) => void;
  readonly #rounds = new Map<string, number>();

  constructor(skeleton: PlanSkeleton, random: SeededRandom, wrong: (what: string) => void) {
    this.#skeleton = skeleton;
    this.#random = random;
    this.#wrong = wrong;
  }

  play(count: number): void {
    this.#send({ type: 'started', nodeId: 't', ref: refOf('t:0:main', count), timeMs: 1_000, startedAtMs: 900 });
    for (let i = 0; i < MOST_EVENTS && this.#isOpen; i++) {
      if (this.#random.chance(0.05)) this.#sendOdd();
      else this.#sendNext();
    }
    if (this.#isOpen) this.#send({ type: 'canceled', reason: 'user' });
    const { state } = this;
    if (state?.ended === undefined) this.#wrong('the run does not end');
    if (state !== null && Object.keys(state.arrivals).length > 0) this.#wrong('a run that has ended has items that wait');
    this.#sendOdd();
  }

  get #isOpen(): boolean {
    return this.state?.ended === undefined;
  }

  /** @returns whether it was taken; events that cannot be are refused, and change nothing */
  #send(event: EngineEvent): boolean {
    const before = this.state;
    // Writing states down costs more than all else here.
    const isWritten = this.taken.length % WRITTEN_EVERY === 0;
    const text = isWritten ? JSON.stringify(before) : '';
    try {
      const { state, commands } = advance(this.#skeleton, before, event);
      checkAdvanced({ skeleton: this.#skeleton, before, event, state, commands }, this.#wrong);
      if (isWritten) checkRoundTrip(state, this.#wrong);
      this.state = state;
      this.taken.push(event);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof InvariantError)) this.#wrong(`${event.type} is refused with ${String(thrown)}`);
      return false;
    } finally {
      if (isWritten && JSON.stringify(before) !== text) this.#wrong(`${event.type} changed the state that it was given`);
    }
  }

  /** Something that can happen now. */
  #sendNext(): void {
    const { state } = this;
    if (state === null) return;
    const running = state.active.filter((one) => one.status === 'running' || one.waitsFor !== undefined);
    const one = this.#random.pick(running);
    const event = this.#eventOf(one, state.seq + 1);
    if (!this.#send(event)) this.#wrong(`${event.type} of ${one.nodeId}:${one.runIndex} is refused`);
  }

  #eventOf(one: Activation, seq: number): EngineEvent {
    const { nodeId, runIndex } = one;
    const of = { nodeId, runIndex };
    if (one.status === 'waiting') return this.#random.chance(0.1) ? { ...of, type: 'decided', seq } : { ...of, type: 'timer', seq };
    const node = this.#node(nodeId);
    const isPure = node.effect === 'pure' || node.effect === 'wait';
    const numbered = isPure ? {} : { seq };
    const kind = this.#random.weighted({ completed: 60, failed: 6, waiting: isPure ? 0 : 3, progress: isPure ? 0 : 6, canceled: 1 });
    switch (kind) {
      case 'completed':
        return { ...of, ...numbered, type: 'completed', ...this.#given(node, one) };
      case 'failed':
        return { ...of, ...numbered, type: 'failed', ...this.#failure(node, runIndex) };
      case 'waiting':
        return { ...of, type: 'waiting', waitsFor: { kind: 'timer', untilMs: 9_000 } };
      case 'progress':
        return { ...of, type: 'progress', seq };
      case 'canceled':
        return this.#random.chance(0.5)
          ? { type: 'canceled', reason: 'user' }
          : { type: 'timedOut', error: { code: 'run_timeout', message: 'late', reason: 'timeout' }, seq };
    }
  }

  #given(
    node: PlanNode,
    { nodeId, runIndex, scope, more }: Activation,
  ): { outputs: Record<string, DataRef>; memory?: NodeMemory | null; progress?: true } {
    if (node.control !== 'loop') return { outputs: this.#outputs(node, runIndex) };
    const key = `${nodeId}@${scope ?? ''}`;
    const memory = { lists: {}, facts: {} };
    if (more === true) return { outputs: {}, memory };
    const round = (this.#rounds.get(key) ?? 0) + 1;
    const isDone = round > MOST_ROUNDS || this.#random.chance(0.3);
    this.#rounds.set(key, isDone ? 0 : round);
    const port = isDone ? 'done' : 'loop';
    return {
      outputs: { [port]: refOf(`${nodeId}:${runIndex}:${port}`, 1 + this.#random.int(2)) },
      memory: isDone ? null : memory,
      progress: true,
    };
  }

  #outputs({ id, outputs }: PlanNode, runIndex: number): Record<string, DataRef> {
    const given: Record<string, DataRef> = {};
    // Of several outputs one at least stays empty, or cycles would never end.
    const ports = Object.keys(outputs).filter((port) => port !== 'error');
    const empty = ports.length > 1 ? this.#random.pick(ports) : undefined;
    for (const port of ports)
      if (port !== empty && this.#random.chance(0.9)) given[port] = refOf(`${id}:${runIndex}:${port}`, 1 + this.#random.int(3));
    return given;
  }

  #failure(node: PlanNode, runIndex: number) {
    const port = node.onError === 'branch' ? 'error' : (Object.keys(node.outputs)[0] ?? 'main');
    const kind = this.#random.pick(['transient', 'permanent']);
    return {
      error: { code: 'bad', message: 'bad', kind, nodeId: node.id },
      atMs: 2_000,
      chance: 0,
      final: this.#random.chance(0.2),
      fallback: node.onError === 'stop' ? {} : { [port]: refOf(`${node.id}:${runIndex}:${port}`, 1) },
    };
  }

  /** An event that comes twice, or is about a node run that is over, was never there, or has another number. */
  #sendOdd(): void {
    const { state } = this;
    if (state === null) return;
    const before = JSON.stringify(state);
    const old = this.#random.pick(this.taken);
    if (old.type === 'started' || old.type === 'opened') return;
    const known = 'nodeId' in old ? state.active.some((one) => one.nodeId === old.nodeId && one.runIndex === old.runIndex) : false;
    const isDue = known && !('seq' in old && old.seq !== undefined);
    if (isDue) return;
    const odd: EngineEvent = 'nodeId' in old && this.#random.chance(0.3) ? { ...old, runIndex: old.runIndex + 1_000_000 } : old;
    const isTaken = this.#send(odd);
    if (isTaken && odd.type !== 'canceled' && odd.type !== 'timedOut' && JSON.stringify(this.state) !== before)
      this.#wrong(`${odd.type} changed something though it came twice or too late`);
  }

  #node(id: string): PlanNode {
    const node = this.#skeleton.nodes.find((one) => one.id === id);
    if (node === undefined) throw new Error(`no node ${id}`);
    return node;
  }
}

function refOf(id: string, count: number): DataRef {
  return { id, count, sizeBytes: 0 };
}
