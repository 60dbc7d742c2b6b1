import type { JsonObject, RunId } from '@millwright/core';
import { isTakenBack, type AttemptRow, type RunRow } from '@millwright/executor/testing';
import type { NodeRunRecord, RunHeader } from '@millwright/workflow';
import type { ExternalEvent } from '../scenario.ts';
import type { World } from './world.ts';

/** How often somebody looks at a question again, ms. */
const LOOK_MS = 30_000;

type Sent = AttemptRow & { readonly runId: RunId };

/** People who cancel, pause, hurry and answer. They tell the truth. */
export class People {
  /** Runs that somebody paused. */
  readonly paused = new Set<RunId>();
  readonly #world: World;
  #events: readonly ExternalEvent[];
  readonly #looking = new Set<string>();

  constructor(world: World, events: readonly ExternalEvent[]) {
    this.#world = world;
    this.#events = events;
  }

  /** Does what is due. */
  act(): void {
    for (let [next] = this.#events; next !== undefined && next.after <= this.#world.vendor.requests.length; [next] = this.#events) {
      this.#events = this.#events.slice(1);
      this.#do(next);
    }
  }

  /** A node run asks what became of a lost answer. */
  asked(header: RunHeader, record: NodeRunRecord): void {
    const name = `${header.runId}:${record.nodeId}:${record.runIndex}`;
    if (this.#looking.has(name)) return;
    this.#looking.add(name);
    this.#world.time.after(this.#world.random.int(LOOK_MS), () => {
      this.#looking.delete(name);
      const row = this.#world.rowOf(header.runId);
      const now = row?.nodeRuns.get(`${record.nodeId}:${record.runIndex}`);
      if (row === undefined || row.end !== null) return;
      // While a process has the run, what is sent and not answered may be on its way; of one that died nothing comes any more.
      const isAsked = now?.status === 'waiting' && (row.owner === null || !this.#world.store.alive.has(row.owner));
      if (isAsked) this.#answer(row, record);
      // An answer that came after all settles it: the sweeper wakes the run, as nobody has to be asked.
      if (isAsked && isAnswered(row, record)) this.#world.host(header.runId).wake();
      this.asked(header, record);
    });
  }

  #do(event: ExternalEvent): void {
    const { world, row } = { world: this.#world, row: this.#rootRow() };
    if (row === undefined) return;
    const { runId } = row.header;
    switch (event.kind) {
      case 'cancel':
        return world.cancel(runId);
      case 'pause':
        row.pauseRequested = true;
        this.paused.add(runId);
        world.host(runId).tell('pause');
        world.time.after(world.random.int(60_000), () => this.#unpause(runId));
        return;
      case 'unpause':
        return this.#unpause(runId);
      case 'retryNow':
        return this.#hurry(row, event.nth);
      default:
    }
  }

  #rootRow(): RunRow | undefined {
    const roots = [...this.#world.store.runs.values()].filter((row) => row.header.parent === undefined && row.end === null);
    return roots.at(-1);
  }

  #unpause(runId: RunId): void {
    const row = this.#world.rowOf(runId);
    if (row === undefined || !row.pauseRequested) return;
    row.pauseRequested = false;
    this.#world.host(runId).wake();
  }

  #hurry({ header: { runId }, nodeRuns }: RunRow, nth: number): void {
    const waiting = [...nodeRuns.values()].filter(
      ({ status, waitsFor }) => status === 'waiting' && (waitsFor?.kind === 'retry' || waitsFor?.kind === 'timer'),
    );
    const one = waiting[nth % Math.max(1, waiting.length)];
    if (one === undefined) return;
    const { nodeId, runIndex, attempts: attempt } = one;
    const token = `${runId}:${nodeId}:${runIndex}:retry:-1:${attempt}`;
    const about = { token, nodeId, runIndex, itemIndex: -1, attempt, kind: 'retry' as const };
    this.#world.decide(runId, { ...about, decision: { now: true }, by: 'somebody', atMs: this.#world.time.nowMs });
  }

  #answer({ header }: RunRow, { nodeId, runIndex }: NodeRunRecord): void {
    const { runId } = header;
    const place = this.#world.host(runId).placeOf(nodeId, runIndex);
    const own = this.#open(header, (one) => one.nodeId === nodeId && one.runIndex === runIndex);
    const before = this.#before(header, (one) => one.nodeId === nodeId && (one.keyIndex ?? one.runIndex) === place);
    for (const one of [...own, ...before]) {
      const { itemIndex, attempt } = one;
      const decision = this.#truth(one);
      const token = `${runId}:${nodeId}:${runIndex}:outcome:${itemIndex}:${attempt}`;
      const about = { token, nodeId, runIndex, itemIndex, attempt, kind: 'outcome' as const };
      this.#world.decide(runId, { ...about, decision, by: 'somebody', atMs: this.#world.time.nowMs });
    }
  }

  /** What was sent in a run without an answer. */
  #open({ runId }: RunHeader, isMeant: (row: AttemptRow) => boolean): readonly Sent[] {
    const rows = [...(this.#world.rowOf(runId)?.attempts.values() ?? [])];
    const open = rows.filter((one) => isMeant(one) && (one.status === 'started' || one.status === 'unknown'));
    return open.map((one) => ({ ...one, runId }));
  }

  /** The same in the runs that it goes on with. */
  #before({ resumes }: RunHeader, isMeant: (row: AttemptRow) => boolean): readonly Sent[] {
    const row = resumes === undefined ? undefined : this.#world.rowOf(resumes.runId);
    return row === undefined ? [] : [...this.#open(row.header, isMeant), ...this.#before(row.header, isMeant)];
  }

  #truth({ runId, nodeId, runIndex, itemIndex, attempt }: Sent): JsonObject {
    const { keys, vendor, random } = this.#world;
    const key = keys.get(`${runId}:${nodeId}:${runIndex}:${itemIndex}:${attempt}`);
    if (key === undefined || !vendor.isDone(key)) return { answer: random.pick(['notDone', 'sendAgain', 'sendAgainAsNew']) };
    if (random.chance(0.7)) return { answer: 'done', response: { id: 'told', n: 0, k: 0, h: 'told' } };
    vendor.allowAgain(key);
    return { answer: random.pick(['sendAgain', 'sendAgainAsNew']) };
  }
}

/** Whether an answer came of which the run knows nothing yet. */
function isAnswered({ attempts }: RunRow, { nodeId, runIndex }: NodeRunRecord): boolean {
  return [...attempts.values()].some(
    (one) =>
      one.nodeId === nodeId &&
      one.runIndex === runIndex &&
      one.seq === 0 &&
      ['done', 'failed', 'notSent'].includes(one.status) &&
      !isTakenBack(one),
  );
}
