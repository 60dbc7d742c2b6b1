import type { RunId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { MemoryBlobs, MemoryStore, type AttemptRow, type RunRow } from '@millwright/executor/testing';
import type { Item, ReplyMessage, RunHeader, RunLedger, StoredDecision } from '@millwright/workflow';
import { SeededRandom } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import { answering, isAnswering } from './answering.ts';
import { Children } from './children.ts';
import { Faults } from './faults.ts';
import { isHoisted } from './temporal/hoisted-start.ts';
import { RunHost } from './temporal/host.ts';
import type { Mood } from './moods.ts';
import { People } from './people.ts';
import { calledBy, planOf, type Played } from './plans.ts';
import { atRest, Scheduler } from './scheduler.ts';
import { Server } from './server.ts';
import { Vendor, type Request } from './vendor.ts';
import { VirtualTime } from './virtual-time.ts';

/** Steps after which nothing goes wrong any more. */
const CALM_AFTER = 3_000;
/** Steps after which a world counts as one that never comes to rest. */
const MOST_STEPS = 30_000;
/** Most resumes of one run. */
const MOST_RESUMES = 3;

/** A database, an outside, people, and processes that come and go: everything that happens in it follows from one seed. */
export class World {
  readonly seed: number;
  readonly mood: Mood;
  readonly random: SeededRandom;
  readonly time = new VirtualTime();
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly store = new MemoryStore();
  readonly blobs = new MemoryBlobs();
  readonly vendor = new Vendor((what) => this.wrong(what));
  readonly children = new Children(this);
  readonly people: People;
  /** What must never happen, and did. */
  readonly violations: string[] = [];
  readonly replies: { readonly runId: RunId; readonly message: ReplyMessage }[] = [];
  readonly hosts = new Map<RunId, RunHost>();
  /** What was sent, by the ledger's row. */
  readonly keys = new Map<string, string>();
  readonly items: readonly Item[];
  readonly #plans = new Map<string, Played>();
  readonly #servers: readonly Server[];
  readonly #sentAs = new Map<string, Request[]>();
  /** Which rows were stored before which, by what they said then. */
  readonly #storedNo = new Map<string, number>();
  #owners = 0;
  #reads = 0;

  constructor(scenario: Scenario, mood: Mood, fatal: ReadonlySet<number>) {
    this.seed = scenario.seed;
    this.mood = mood;
    this.random = new SeededRandom(scenario.seed ^ 0x5eed);
    this.scheduler = new Scheduler(new SeededRandom(scenario.seed ^ 0x0bed), this.time);
    this.faults = new Faults(mood, new SeededRandom(scenario.seed ^ 0xfa11), { time: this.time, fatal });
    this.people = new People(this, scenario.events);
    this.store.onEnd = (row) => this.children.ended(row);
    this.store.onAttempt = ({ header }, row) => {
      const name = storedName(header.runId, row, row.status);
      if (!this.#storedNo.has(name)) this.#storedNo.set(name, this.#storedNo.size);
    };
    this.#servers = Array.from({ length: 1 + this.random.int(3) }, () => new Server(this));
    this.items = scenario.items.map((json) => ({ json }));
    this.begin(this.#header(this.#played(planOf({ ...scenario, document: answering(scenario.document, this.seed) }))), this.items);
  }

  /** Something happened that must not. */
  wrong(what: string): void {
    this.violations.push(what);
  }

  /** Until every run has ended and everything that was under way is over. */
  async play(): Promise<void> {
    for (let steps = 1; ; steps++) {
      await atRest();
      if (this.violations.length > 0) return;
      if (steps === CALM_AFTER) this.faults.stop();
      if (steps > MOST_STEPS) return this.wrong('it goes on for ever');
      const isOver = [...this.hosts.values()].every((host) => host.status !== undefined);
      this.people.act();
      if (isOver && this.scheduler.isEmpty) return;
      if (!this.scheduler.step()) return this.wrong(`nothing can happen any more: ${this.#standing()}`);
    }
  }

  server(): Server {
    return this.random.pick(this.#servers);
  }

  host(runId: RunId): RunHost {
    const host = this.hosts.get(runId);
    if (host === undefined) throw new Error(`nobody started ${runId}`);
    return host;
  }

  rowOf(runId: RunId): RunRow | undefined {
    return this.hosts.has(runId) ? this.store.runs.get(runId) : undefined;
  }

  played(planHash: string): Played {
    const played = this.#plans.get(planHash);
    if (played === undefined) throw new Error(`no plan ${planHash}`);
    return played;
  }

  /** The plan of what a node calls. */
  calledPlan(planHash: string, nodeId: string): string {
    const hash = `${planHash}:${nodeId}`;
    if (!this.#plans.has(hash)) {
      const { plan, behaviours } = calledBy(this.played(planHash).behaviours[nodeId]);
      this.#plans.set(hash, { behaviours, plan: { ...plan, skeleton: { ...plan.skeleton, planHash: hash } } });
    }
    return hash;
  }

  nextOwner(): number {
    return (this.#owners += 1);
  }

  nextRead(): number {
    return (this.#reads += 1);
  }

  /** Starts a run. */
  begin(header: RunHeader, items: readonly Item[]): void {
    const { skeleton } = this.played(header.planHash).plan;
    const trigger = { id: 'trigger', count: items.length, sizeBytes: 0, inline: items };
    const host = new RunHost(this, { header, skeleton, trigger });
    this.store.row(header);
    this.hosts.set(header.runId, host);
    const isFirst = header.resumes === undefined && header.parent === undefined;
    // Runs whose caller waits are always started in that way.
    void host.play(isFirst && (header.reply === 'respond' || isHoisted(this.seed))).then(
      () => this.#closed(host),
      (thrown: unknown) => this.wrong(`a workflow broke: ${String(thrown)}`),
    );
  }

  cancel(runId: RunId): void {
    const row = this.rowOf(runId);
    if (row === undefined || row.end !== null || row.cancelRequested) return;
    row.cancelRequested = true;
    this.host(runId).tell('cancel');
  }

  /** Stores what was decided, and wakes the run. */
  decide(runId: RunId, decision: StoredDecision): boolean {
    const isFirst = this.hosts.has(runId) && this.store.decide(runId, decision);
    if (isFirst) this.host(runId).tell('news');
    return isFirst;
  }

  /** A process died while it had the run. */
  lose(runId: RunId): void {
    const row = this.rowOf(runId);
    if (row !== undefined) row.losses += 1;
  }

  replied(runId: RunId, message: ReplyMessage): void {
    this.replies.push({ runId, message });
  }

  logged(fields: Readonly<Record<string, unknown>>): void {
    this.wrong(`an error was logged: ${JSON.stringify({ ...fields, err: String(fields['err']) })}`);
  }

  /**
   * A request leaves: nothing may whose answer was stored before its start was. An answer that comes to be stored after that comes too late:
   * then the vendor's key is what keeps it from being done twice.
   */
  sent(request: Request): void {
    const before = this.#sentAs.get(request.key) ?? [];
    const startedNo = this.#storedNo.get(storedName(request.runId, request, 'started')) ?? Infinity;
    for (const one of before) {
      const doneNo = this.#storedNo.get(storedName(one.runId, one, 'done')) ?? Infinity;
      if (doneNo < startedNo) this.wrong(`${rowName(one)} is stored as done, and is sent again as ${rowName(request)}`);
    }
    this.#sentAs.set(request.key, [...before, request]);
    this.keys.set(`${request.runId}:${rowName(request)}`, request.key);
  }

  /** A ledger as the world sees what is written to it. */
  watch(ledger: RunLedger, header: RunHeader): RunLedger {
    return {
      ...ledger,
      nodeRun: (record) => {
        if (record.status === 'waiting' && record.waitsFor?.kind === 'outcome') this.people.asked(header, record);
        ledger.nodeRun(record);
      },
    };
  }

  #closed({ header, status }: RunHost): void {
    if (header.parent !== undefined || status !== 'failed') return;
    const { resumes } = header;
    const generation = [...this.hosts.values()].filter((one) => one.header.parent === undefined).length;
    if (generation > MOST_RESUMES || !this.faults.happens('resume')) return;
    const origin = resumes ?? { originRunId: header.runId, originStartedAtMs: header.startedAtMs };
    const { originRunId, originStartedAtMs } = origin;
    const runId = derivedId('run', 'faults', `${this.seed}`, `${generation}`);
    // Nobody waits for a resumed run; that it answers at its end is asked all the same.
    const reply = header.reply === 'respond' ? ('none' as const) : header.reply;
    const resumed = { runId: header.runId, originRunId, originStartedAtMs };
    const next = { ...header, reply, runId, startedAtMs: this.time.nowMs, resumes: resumed };
    this.begin(next, this.items);
  }

  #played(played: Played): Played {
    this.#plans.set(planHashOf(played), played);
    return played;
  }

  #header({ plan: { skeleton } }: Played): RunHeader {
    const id = `${this.seed}`;
    return {
      workspaceId: derivedId('workspace', 'faults', id),
      runId: derivedId('run', 'faults', id, '0'),
      workflowId: derivedId('workflow', 'faults', id),
      workflowName: 'Faults',
      versionId: derivedId('version', 'faults', id),
      planHash: skeleton.planHash,
      triggerNodeId: 't',
      mode: 'webhook',
      originDay: '2026-11-21',
      startedAtMs: this.time.nowMs,
      save: 'all',
      reply: isAnswering(skeleton) ? 'respond' : 'end',
      delivery: { endpointId: id, hash: id, hasId: true },
    };
  }

  #standing(): string {
    return [...this.store.runs.values()].map((row) => `${row.header.runId} ${row.status} ${JSON.stringify(row.waitsFor)}`).join('; ');
  }
}

function planHashOf({ plan }: Played): string {
  return plan.skeleton.planHash;
}

function rowName({ nodeId, runIndex, itemIndex, attempt }: Pick<Request, 'nodeId' | 'runIndex' | 'itemIndex' | 'attempt'>): string {
  return `${nodeId}:${runIndex}:${itemIndex}:${attempt}`;
}

function storedName(runId: RunId, row: Parameters<typeof rowName>[0], status: AttemptRow['status']): string {
  return `${runId}:${rowName(row)}:${status}`;
}
