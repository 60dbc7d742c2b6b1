import { TransientError, type RunId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { createExecutor, type Executor } from '@millwright/executor';
import { startMemoryProcess, type MemoryProcess } from '@millwright/executor/testing';
import type { RunHeader } from '@millwright/workflow';
import { portsOf } from './ports.ts';
import type { World } from './world.ts';

/** How long the owner row of a dead or frozen process stays, ms: its lease, and the reaper's turn. */
const REAPED_MS = 10_000;
/** How long a process may not have renewed its lease before it sends nothing more, ms. */
const STALE_MS = 7_000;

/** A lease and what was written under it. */
interface Lease {
  readonly ledger: MemoryProcess;
  isStale: boolean;
  isOver: boolean;
}

/** One life of a process. */
export class Life {
  readonly world: World;
  readonly executor: Executor;
  /** Runs whose segments are open in it. */
  readonly open = new Map<RunId, number>();
  readonly #died = Promise.withResolvers<void>();
  #lease: Lease;
  isDead = false;

  constructor(world: World) {
    this.world = world;
    this.#lease = this.#newLease();
    this.executor = createExecutor(portsOf(world, this));
  }

  get ledger(): MemoryProcess {
    return this.#lease.ledger;
  }

  /** Resolves when it dies. */
  get died(): Promise<void> {
    return this.#died.promise;
  }

  /** Takes a while; what a dead process waits for never comes. */
  async wait(slowness = 0): Promise<void> {
    await this.world.scheduler.wait(slowness);
    if (this.isDead) await forever();
  }

  /** A point at which it may die. */
  async point(name: string): Promise<void> {
    if (this.isDead) return forever();
    if (!this.world.faults.isFatal(name)) return;
    this.die();
    await forever();
  }

  /** Ends it: nothing that it does is seen any more. Its lease runs out by itself. */
  die(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.#died.resolve();
    const lease = this.#lease;
    this.world.time.after(this.world.random.int(REAPED_MS), () => this.#reap(lease));
  }

  /** It stops for a while and its lease is not renewed: it sends nothing more, then others may take its runs. */
  freeze(): void {
    const lease = this.#lease;
    if (this.isDead || lease.isStale) return;
    const { time, random } = this.world;
    lease.isStale = true;
    if (random.chance(0.3)) {
      // It comes back in time.
      time.after(random.int(REAPED_MS - STALE_MS), () => (lease.isStale = lease.isOver));
      return;
    }
    time.after(REAPED_MS - STALE_MS, () => this.#reap(lease));
    time.after(REAPED_MS - STALE_MS + random.int(REAPED_MS), () => {
      this.#lease = this.#newLease();
    });
  }

  #reap(lease: Lease): void {
    if (lease.isOver) return;
    lease.isOver = true;
    lease.isStale = true;
    lease.ledger.expire();
    if (this.world.mood.countsLosses) for (const runId of this.open.keys()) this.world.lose(runId);
  }

  #newLease(): Lease {
    const { world } = this;
    const lease: { ledger?: MemoryProcess; isStale: boolean; isOver: boolean } = { isStale: false, isOver: false };
    const ledger = startMemoryProcess(world.store, undefined, {
      owner: derivedId('owner', `${world.seed}`, `${world.nextOwner()}`),
      timers: this.timers,
      canSend: () => !lease.isStale,
      before: async (what) => {
        await this.wait();
        if (what === 'commit') await this.point('before a commit');
        if (world.faults.happens('freezes')) this.freeze();
        if (world.faults.isAway()) throw away();
      },
      after: async () => {
        await this.point('after a commit');
        await this.wait();
        if (world.faults.isCommitLost()) throw away();
      },
    });
    return Object.assign(lease, { ledger });
  }

  /** Its timers stop with it. */
  readonly timers = {
    after: (ms: number, callback: () => void): (() => void) =>
      this.world.time.after(ms, () => {
        if (!this.isDead) callback();
      }),
    turn: (): Promise<void> => this.wait(),
  };

  /** A call to its executor; never comes back when it dies. */
  async call<T>(header: RunHeader, run: (executor: Executor) => Promise<T>): Promise<T> {
    const { runId } = header;
    this.open.set(runId, (this.open.get(runId) ?? 0) + 1);
    try {
      const result = await run(this.executor);
      return this.isDead ? await forever() : result;
    } catch (thrown) {
      if (this.isDead) return await forever();
      throw thrown;
    } finally {
      const left = (this.open.get(runId) ?? 1) - 1;
      if (left > 0) this.open.set(runId, left);
      else this.open.delete(runId);
    }
  }
}

/** A machine on which one process after the other runs. */
export class Server {
  readonly #world: World;
  life: Life;

  constructor(world: World) {
    this.#world = world;
    this.life = this.#start();
  }

  #start(): Life {
    const life = new Life(this.#world);
    void life.died.then(() => this.#world.time.after(500 + this.#world.random.int(3_000), () => (this.life = this.#start())));
    return life;
  }
}

function away(): TransientError {
  return new TransientError({ code: 'database_unavailable', message: 'the database is away' });
}

function forever<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
