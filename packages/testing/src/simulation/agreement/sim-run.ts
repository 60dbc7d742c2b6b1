import { ConnectorError, type JsonObject, type JsonValue } from '@millwright/core';
import { createExecutor, type ChildStart, type Executor, type ExecutorPorts, type NodeCall, type NodeOutcome } from '@millwright/executor';
import { MemoryBlobs, MemoryStore, startMemoryProcess, type RunRow } from '@millwright/executor/testing';
import type { Item, Plan, RunHeader, RunState, SegmentInput, SegmentResult, StoredDecision } from '@millwright/workflow';
import { answerOf, made } from '../behaviour.ts';
import { atRest } from '../faults/scheduler.ts';
import { VirtualTime } from '../faults/virtual-time.ts';
import { SeededRandom } from '../random.ts';
import type { ExternalEvent, Scenario } from '../scenario.ts';
import { NextThing } from './next-thing.ts';
import { WatchedEngine } from './watched-engine.ts';

const MAX_TURNS = 20_000;

/** One run of a scenario by the real engine and executor; what happens next is decided by lot. */
export class SimRun {
  readonly engine = new WatchedEngine();
  readonly wrong: string[] = [];
  /** Requests that reached the outside, as `node:runIndex:item`, by key. */
  readonly sent = new Map<string, string>();
  readonly done = new Set<string>();
  readonly store = new MemoryStore();
  readonly blobs = new MemoryBlobs();
  readonly header: RunHeader;
  readonly #plan: Plan;
  readonly #scenario: Scenario;
  readonly #time = new VirtualTime();
  readonly #next: NextThing;
  readonly #random: SeededRandom;
  readonly #executor: Executor;
  readonly #listeners = { cancel: new Set<() => void>(), pause: new Set<() => void>(), news: new Set<() => void>() };
  readonly #events: ExternalEvent[];
  #answers = 0;

  constructor(plan: Plan, scenario: Scenario, chance: number) {
    this.#plan = plan;
    this.#scenario = scenario;
    this.#random = new SeededRandom(chance);
    this.#next = new NextThing(this.#random, this.#time);
    this.#events = [...scenario.events];
    this.header = {
      workspaceId: 'ws_sim',
      runId: 'run_sim',
      workflowId: 'wf_sim',
      workflowName: 'Simulation',
      versionId: 'wfv_sim',
      planHash: plan.skeleton.planHash,
      triggerNodeId: 't',
      mode: 'webhook',
      originDay: '2026-11-21',
      startedAtMs: this.#time.nowMs,
      save: 'all',
      reply: 'none',
    };
    this.#executor = createExecutor(this.#ports());
  }

  get row(): RunRow {
    return this.store.row(this.header);
  }

  /** Plays to the end. @throws Error where it comes to no end */
  async play(): Promise<SegmentResult> {
    const items: Item[] = this.#scenario.items.map((json) => ({ json }));
    const trigger = { id: 'trigger', count: items.length, sizeBytes: 0, inline: items };
    let input: SegmentInput = {
      header: this.header,
      skeleton: this.#plan.skeleton,
      state: null,
      trigger,
      segment: 1,
      openedAtMs: this.#time.nowMs,
    };
    for (let i = 0; i < 1000; i++) {
      const result = await this.#segment(input);
      if (result.kind === 'ended' || result.kind === 'capacity') return result;
      const state = JSON.parse(JSON.stringify(result.state)) as RunState;
      if (result.kind === 'waiting') await this.#wait(result.untilMs);
      input = { ...input, state, segment: input.segment + 1, openedAtMs: this.#time.nowMs };
    }
    throw new Error('the run comes to no end');
  }

  /** One segment: whenever all is at rest, the next thing happens. */
  async #segment(input: SegmentInput): Promise<SegmentResult> {
    let result: { readonly value: SegmentResult } | { readonly thrown: unknown } | undefined;
    void this.#executor.runSegment(input, { first: input.segment === 1 }).then(
      (value) => (result = { value }),
      (thrown: unknown) => (result = { thrown }),
    );
    for (let i = 0; i < MAX_TURNS; i++) {
      await atRest();
      if (result !== undefined) break;
      this.#happen();
      if (!this.#next.happen()) throw new Error('the segment hangs');
    }
    if (result === undefined) throw new Error('the segment comes to no end');
    if ('thrown' in result) throw result.thrown;
    return result.value;
  }

  /** Nothing is under way: time passes, or somebody from outside does something. */
  async #wait(untilMs: number | null): Promise<void> {
    const { waitsFor, status } = this.row;
    if (status === 'waiting' && waitsFor === null) this.wrong.push('a waiting run does not say what it waits for');
    if (waitsFor?.kind === 'pause') return this.#unpause();
    if (this.#events.length > 0 && this.#random.chance(0.5)) {
      this.#answers += 1;
      this.#happen();
      if (this.row.cancelRequested) return;
    }
    if (untilMs !== null && this.#children.length === 0) return this.#pass(untilMs);
    if (untilMs !== null && this.#random.chance(0.3)) return this.#pass(untilMs);
    if (this.#children.length > 0) {
      this.#next.happen();
      await atRest();
      return;
    }
    if (untilMs === null && ![...this.row.decisions.values()].some((one) => one.seq === null))
      throw new Error(`the run waits for ever for ${JSON.stringify(waitsFor)}`);
  }

  /** Somebody lets a paused run go on, after what happens meanwhile. */
  #unpause(): void {
    for (let next = this.#events[0]; next !== undefined && this.row.pauseRequested; next = this.#events[0]) {
      this.#events.shift();
      this.#do(next);
    }
    this.row.pauseRequested = false;
  }

  #pass(untilMs: number): void {
    while ((this.#time.nextMs ?? Infinity) <= untilMs) this.#time.pass();
    this.#time.nowMs = Math.max(this.#time.nowMs, untilMs);
  }

  readonly #children: ChildStart[] = [];

  #ports(): ExecutorPorts {
    const timers = { after: (ms: number, callback: () => void) => this.#time.after(ms, callback), turn: () => Promise.resolve() };
    const listen = (set: Set<() => void>) => (_runId: string, callback: () => void) => {
      set.add(callback);
      return () => void set.delete(callback);
    };
    const process = startMemoryProcess(this.store, undefined, { owner: 'own_sim', timers });
    return {
      ledgerFor: process.ledgerFor,
      remote: 'never',
      blobs: this.blobs,
      plans: { config: (_workspaceId, _planHash, nodeId) => this.#config(nodeId) },
      runner: { run: (call) => this.#run(call) },
      replies: { deliver: () => undefined },
      cancels: { requested: () => false, onCancel: listen(this.#listeners.cancel) },
      pauses: { onPause: listen(this.#listeners.pause) },
      news: { onNews: listen(this.#listeners.news) },
      children: { start: (call) => this.#call(call), stop: () => Promise.resolve() },
      clock: this.#time.clock,
      timers,
      log: { warn: () => undefined, error: (fields) => void this.wrong.push(`the segment broke: ${messageOf(fields['err'])}`) },
      limits: { shortWaitMs: 0, segmentMs: Infinity },
      advance: this.engine.advance,
    };
  }

  #config(nodeId: string): Promise<NonNullable<Plan['configs'][string]>> {
    const config = this.#plan.configs[nodeId];
    return config === undefined ? Promise.reject(new Error(`no config ${nodeId}`)) : Promise.resolve(config);
  }

  async #run(call: NodeCall): Promise<NodeOutcome> {
    const { node, items, item, itemIndex, parameters } = call;
    const behaviour = this.#scenario.behaviours[node.id];
    const given: JsonValue = parameters['o'] ?? null;
    const data = itemIndex < 0 ? items.map(({ json }) => json) : [item?.json ?? {}];
    if (node.effect !== 'pure') {
      if (node.effect === 'write') await this.#send(call);
      await this.#next.wait(behaviour?.slowness ?? 0);
      this.#answers += 1;
    }
    const answer = answerOf(behaviour, data, call.attempt);
    if (answer.kind === 'failed') throw refusal(answer.error);
    if (node.effect === 'write') this.done.add(call.idempotencyKey ?? '');
    if (itemIndex < 0 && answer.count > 1)
      return { items: items.map(({ json }, index) => ({ json: made(node.id, [json], { at: 0, given }), from: [index] })).toReversed() };
    return { items: Array.from({ length: answer.count }, (_, at) => ({ json: made(node.id, data, { at, given }) })) };
  }

  async #send(call: NodeCall): Promise<void> {
    const key = call.idempotencyKey ?? '';
    const body = JSON.stringify([call.parameters, call.item?.json]);
    await call.beforeSend(body);
    if (this.done.has(key)) this.wrong.push(`${call.node.id} is sent again though it is done`);
    const before = this.sent.get(key);
    if (before !== undefined && before !== body) this.wrong.push(`${call.node.id} sends two bodies with one key`);
    this.sent.set(key, body);
  }

  async #call(call: ChildStart): Promise<JsonObject | null> {
    await call.beforeStart();
    if (!call.parent.waits) return null;
    this.#children.push(call);
    void this.#next.wait(this.#scenario.behaviours[call.parent.nodeId]?.slowness ?? 0).then(() => this.#childEnds(call));
    return null;
  }

  #childEnds(call: ChildStart): void {
    this.#children.splice(this.#children.indexOf(call), 1);
    this.#answers += 1;
    const { nodeId, runIndex, itemIndex, attempt } = call.parent;
    const data = call.items.map(({ json }) => json);
    const answer = answerOf(this.#scenario.behaviours[nodeId], data, attempt);
    const items =
      answer.kind === 'failed' ? [] : Array.from({ length: answer.count }, (_, at) => ({ json: made(nodeId, data, { at, given: null }) }));
    const decision =
      answer.kind === 'failed'
        ? { status: 'failed', runId: call.runId, error: { code: 'bad', message: 'bad' } }
        : { status: 'succeeded', runId: call.runId, items: { id: ':0:result', count: items.length, sizeBytes: 1, inline: items } };
    this.#decide({ nodeId, runIndex, itemIndex, attempt, kind: 'child' }, decision as JsonObject);
  }

  #decide(about: Pick<StoredDecision, 'nodeId' | 'runIndex' | 'itemIndex' | 'attempt' | 'kind'>, decision: JsonObject): void {
    const { nodeId, runIndex, kind, itemIndex, attempt } = about;
    const token = [this.header.runId, nodeId, runIndex, kind, itemIndex, attempt].join(':');
    this.store.decide(this.header.runId, { ...about, token, decision, by: 'user_1', atMs: this.#time.nowMs });
    for (const listen of this.#listeners.news) listen();
  }

  /** Whatever is due by now. */
  #happen(): void {
    for (let next = this.#events[0]; next !== undefined && next.after <= this.#answers; next = this.#events[0]) {
      this.#events.shift();
      this.#do(next);
    }
  }

  #do(event: ExternalEvent): void {
    switch (event.kind) {
      case 'cancel':
        this.row.cancelRequested = true;
        for (const listen of this.#listeners.cancel) listen();
        return;
      case 'pause':
        this.row.pauseRequested = true;
        for (const listen of this.#listeners.pause) listen();
        return;
      case 'unpause':
        this.row.pauseRequested = false;
        return;
      case 'retryNow':
      case 'duplicate':
      case 'late':
        return this.#hurry(event.nth, event.kind);
      case 'settle':
        return;
    }
  }

  /** Somebody presses "now": on what waits, on it twice, or on something that is over. */
  #hurry(nth: number, kind: 'retryNow' | 'duplicate' | 'late'): void {
    const records = [...this.row.nodeRuns.values()].filter((one) =>
      kind === 'late' ? one.finishedAtMs !== undefined : one.status === 'waiting',
    );
    const record = records[nth % Math.max(1, records.length)];
    if (record === undefined) return;
    const about = { nodeId: record.nodeId, runIndex: record.runIndex, itemIndex: -1, attempt: record.attempts, kind: 'retry' as const };
    this.#decide(about, { now: true });
    if (kind === 'duplicate') this.#decide(about, { now: true });
  }
}

function refusal(kind: 'transient' | 'permanent'): ConnectorError {
  const code = kind === 'transient' ? 'busy' : 'refused';
  return new ConnectorError(kind, { code, message: code, details: { status: kind === 'transient' ? 503 : 422 } });
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
