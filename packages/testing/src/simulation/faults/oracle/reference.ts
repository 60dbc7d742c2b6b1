import { messageOf } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import { createExecutor, type ChildStart, type ExecutorPorts, type NodeCall, type NodeOutcome } from '@millwright/executor';
import { MemoryBlobs, MemoryStore, startMemoryProcess, type RunRow } from '@millwright/executor/testing';
import type { Item, NodeRunRecord, Outcome, PlanNodeConfig, RunState, SegmentResult, StoredDecision } from '@millwright/workflow';
import { saidBy } from '../answers.ts';
import { outcomeOf, withParameters } from '../ports.ts';
import { atRest } from '../scheduler.ts';
import { VirtualTime } from '../virtual-time.ts';
import { lasting, lastingNode, NEVER_MS, turnOf } from './lasting.ts';
import { failureOf } from './stored-failure.ts';
import { isAbout, nameOf, nodeRunOf, openedAtMs, type StoredRun } from './stored-run.ts';
import { Taken } from './taken.ts';

/** Segments after which nothing more is expected. */
const MOST_SEGMENTS = 100;
/** `itemIndex` of what a person said about a lost answer, and below. */
const SEND_AGAIN = -10;

/** How a mismatch begins of a run that goes on after all that is stored. */
export const NO_END = 'it does not end';

/** What the run does that was not interrupted. */
export interface Reference {
  readonly end: RunRow['end'];
  readonly nodeRuns: ReadonlyMap<string, NodeRunRecord>;
  /** Bodies by `nodeId:runIndex:itemIndex`. */
  readonly requests: ReadonlyMap<string, { readonly key: string; readonly body: string }>;
  /** Why it could not be played. */
  readonly mismatch: string | null;
}

/** Plays a run once more in a world of its own, in which nothing goes wrong and every outcome comes as it was stored, in its order. */
export async function uninterrupted(run: StoredRun): Promise<Reference> {
  const play = new UninterruptedRun(run);
  const mismatch = await play.play();
  const { end, nodeRuns } = play.store.row(run.row.header);
  return { end, nodeRuns, requests: play.requests, mismatch };
}

class UninterruptedRun {
  readonly store = new MemoryStore();
  readonly requests = new Map<string, { readonly key: string; readonly body: string }>();
  readonly #run: StoredRun;
  readonly #time = new VirtualTime();
  /** The try of each called run that is under way. */
  readonly #called = new Map<string, number>();
  /** The try of each node run. */
  readonly #tries = new Map<string, number>();
  readonly #gates = new Map<string, (outcome: Outcome) => void>();
  readonly #executor;
  readonly #stored;
  readonly #taken = new Taken();
  #cancel: (() => void) | undefined;
  #news: (() => void) | undefined;
  #result: SegmentResult | undefined;
  #segment = 0;
  /** What broke, where something did. */
  #thrown = '';

  constructor(run: StoredRun) {
    this.#run = run;
    this.#stored = [...run.row.attempts.values()].filter((one) => one.seq > 0).toSorted((a, b) => a.seq - b.seq);
    for (const { header, ...row } of run.before) this.store.runs.set(header.runId, { ...structuredClone(row), header });
    this.#executor = createExecutor(this.#ports());
    const [first] = run.accepted;
    this.#time.nowMs = first === undefined ? run.row.header.startedAtMs : openedAtMs(run, null, first);
  }

  /** Null when it went as it was stored. */
  async play(): Promise<string | null> {
    this.#openNext();
    for (const one of this.#stored) {
      await atRest();
      if (this.#taken.has(nameOf(one))) continue;
      if (this.#result?.kind === 'ended') return this.#isOver() || one.status === 'notSent' ? null : `it ended before outcome ${one.seq}`;
      const why = await this.#give({
        ...one,
        status: one.status === 'started' ? 'unknown' : one.status,
        finishedAtMs: one.finishedAtMs ?? 0,
      });
      if (why !== null) return why;
    }
    return this.#finish();
  }

  #isOver(): boolean {
    return this.#run.row.end?.status === 'canceled';
  }

  async #give(outcome: Outcome): Promise<string | null> {
    const { nodeId, runIndex, itemIndex, seq } = outcome;
    const name = nameOf(outcome);
    this.#time.nowMs = Math.max(this.#time.nowMs, outcome.finishedAtMs - 1);
    if (await this.#decide(outcome)) return null;
    // Where nothing was lost nobody is asked.
    if (itemIndex <= SEND_AGAIN) return null;
    for (let tries = 0; tries < 3; tries++) {
      await atRest();
      this.#gates.get(name)?.(outcome);
      this.#gates.delete(name);
      await atRest();
      if (this.#taken.has(name)) return null;
      if (this.#result !== undefined && this.#result.kind !== 'ended') this.#openNext();
      await atRest();
      if (this.#taken.has(name)) return null;
    }
    const status = this.store.row(this.#run.row.header).nodeRuns.get(`${nodeId}:${runIndex}`)?.status;
    // Its section ended before it came: another order of what is pure.
    if (status === 'canceled' || status === 'failed' || status === 'succeeded') return null;
    return `outcome ${seq} of ${name} (${outcome.status}) fits nothing that runs: ${String(status)} ${this.#thrown}`;
  }

  /** What somebody decided is decided again, where it is asked; whether it was. */
  async #decide(outcome: Outcome): Promise<boolean> {
    const { runId } = this.#run.row.header;
    const decisions = [...this.#run.row.decisions.values()];
    // What a process that lost the run had taken is a fact, taken as such: then nothing says which decision it was.
    const decision = decisions.find((one) => one.seq === outcome.seq) ?? decisions.find((one) => isAbout(one, outcome)) ?? turnOf(outcome);
    if (decision === undefined) return false;
    const { seq: _seq, ...known } = decision;
    // Tries that never left are none here: the same call may be an earlier one.
    const attempt = this.#tryOf(decision, outcome) ?? known.attempt;
    const told = { ...known, attempt, token: `${known.token}:${attempt}` };
    this.store.decide(runId, told);
    this.#news?.();
    await atRest();
    if (this.#taken.has(nameOf(outcome))) return true;
    if (this.#result !== undefined && this.#result.kind !== 'ended') this.#openNext();
    await atRest();
    if (this.#taken.has(nameOf(outcome))) return true;
    this.store.row(this.#run.row.header).decisions.delete(told.token);
    return false;
  }

  #tryOf({ kind }: StoredDecision, outcome: Outcome): number | undefined {
    if (kind === 'child') return this.#called.get(nameOf(outcome));
    return kind === 'retry' ? this.#tries.get(nodeRunOf(outcome)) : undefined;
  }

  async #finish(): Promise<string | null> {
    const { row } = this.#run;
    await atRest();
    if (row.end?.status === 'canceled') {
      this.store.row(row.header).cancelRequested = true;
      this.#cancel?.();
    }
    await atRest();
    for (let i = 0; i < 3 && this.#result?.kind !== 'ended'; i++) {
      if (this.#result !== undefined) this.#openNext();
      await atRest();
      this.#release();
      await atRest();
    }
    return this.#result?.kind === 'ended' ? null : `${NO_END}: ${JSON.stringify(this.#result ?? this.#thrown)}`.slice(0, 300);
  }

  /** A run that has ended waits for what is in flight: its answers say nothing any more. */
  #release(): void {
    while (this.#time.nextMs !== undefined && this.#time.nextMs - this.#time.nowMs < 10_000) this.#time.pass();
  }

  #openNext(): void {
    if (this.#segment > MOST_SEGMENTS) return;
    const state =
      this.#result === undefined || !('state' in this.#result) ? null : (JSON.parse(JSON.stringify(this.#result.state)) as RunState);
    const { row, played, items, accepted } = this.#run;
    const { skeleton } = played.plan;
    const same = state === null ? accepted[0] : accepted.slice(1).find((one) => one.fromSeq === state.seq);
    const atMs = same === undefined ? this.#time.nowMs : openedAtMs(this.#run, state, same);
    this.#segment += 1;
    this.#result = undefined;
    const input = {
      header: row.header,
      skeleton: { ...skeleton, nodes: skeleton.nodes.map(lastingNode) },
      state,
      trigger: { id: 'trigger', count: items.length, sizeBytes: 0, inline: items },
      segment: this.#segment,
      openedAtMs: state === null ? atMs : Math.max(this.#time.nowMs, atMs),
    };
    void this.#executor.runSegment(input).then(
      (result) => {
        this.#result = result;
      },
      (thrown: unknown) => {
        this.#thrown = messageOf(thrown);
      },
    );
  }

  #ports(): ExecutorPorts {
    const timers = { after: (ms: number, callback: () => void) => this.#time.after(ms, callback), turn: () => Promise.resolve() };
    const process = startMemoryProcess(this.store, undefined, { timers });
    const { configs, skeleton } = this.#run.played.plan;
    return {
      ledgerFor: (header) => {
        const ledger = process.ledgerFor(header);
        const record = (outcome: Outcome): void => {
          if (outcome.seq > 0) this.#taken.add(nameOf(outcome));
          ledger.record(outcome);
        };
        const nodeRun = (one: NodeRunRecord): void => {
          this.#tries.set(nodeRunOf(one), one.attempts);
          ledger.nodeRun(one);
        };
        return { ...ledger, record, nodeRun };
      },
      blobs: new MemoryBlobs(),
      plans: {
        config: async (_workspaceId, _planHash, nodeId) => {
          const config = wide(configs[nodeId]) ?? (await Promise.reject<never>(new Error(`no config ${nodeId}`)));
          const node = skeleton.nodes.find(({ id }) => id === nodeId);
          return node === undefined ? config : lasting(config, node, this.#run.before);
        },
      },
      runner: { run: (call) => this.#call(call) },
      replies: { deliver: () => undefined },
      cancels: { requested: () => false, onCancel: (_runId, callback) => ((this.#cancel = callback), () => (this.#cancel = undefined)) },
      news: { onNews: (_runId, callback) => ((this.#news = callback), () => (this.#news = undefined)) },
      children: { start: (call) => this.#start(call), stop: async () => undefined },
      clock: this.#time.clock,
      timers,
      log: { warn: () => undefined, error: ({ err }) => (this.#thrown ||= messageOf(err)) },
      limits: { segmentMs: NEVER_MS, window: 1_000 },
    };
  }

  async #call(call: NodeCall): Promise<NodeOutcome> {
    const { node, runIndex, itemIndex, parameters } = call;
    const behaviour = this.#run.played.behaviours[node.id];
    if (node.effect === 'pure') return outcomeOf(withParameters(saidBy(call, behaviour, 1), call));
    const name = `${node.id}:${runIndex}:${itemIndex}`;
    if (node.effect !== 'read') this.requests.set(name, { key: call.idempotencyKey ?? '', body: JSON.stringify(parameters) });
    const outcome = await this.#outcome(name);
    if (node.effect !== 'read' && outcome.status !== 'notSent') await call.beforeSend(hashJson(parameters));
    if (outcome.status !== 'done') throw failureOf(outcome);
    return { items: (outcome.response ?? {}) as unknown as Readonly<Record<string, readonly Item[]>> };
  }

  async #start(call: ChildStart): ReturnType<NonNullable<ExecutorPorts['children']>['start']> {
    const { nodeId, runIndex, itemIndex, attempt } = call.parent;
    const name = `${nodeId}:${runIndex}:${itemIndex}`;
    this.#called.set(name, attempt);
    const isTold = [...this.#run.row.decisions.values()].some((one) => one.kind === 'child' && nameOf(one) === name);
    await call.beforeStart();
    if (isTold) return null;
    const outcome = await this.#outcome(name);
    if (outcome.status !== 'done') throw failureOf(outcome);
    return null;
  }

  #outcome(name: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#gates.set(name, resolve);
    });
  }
}

/** Which items are under way at once is nobody's business: a lost answer that is asked about makes room. */
function wide(config: PlanNodeConfig | undefined): PlanNodeConfig | undefined {
  return config === undefined ? undefined : { ...config, window: 1_000 };
}
