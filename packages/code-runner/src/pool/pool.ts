import type { Logger } from '@millwright/platform';
import { runnerLost } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Launch } from '../walls/launch.ts';
import { SandboxProcess } from './sandbox-process.ts';
import { WaitingLine } from './waiting-line.ts';

/** Which processes fit a call. */
export interface Wanted {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly kind: 'node' | 'python';
  readonly memoryMb: number;
  /** A process that nobody had before. */
  readonly isFresh: boolean;
  readonly signal: AbortSignal | undefined;
}

/** How a pool is made. */
export interface PoolOptions {
  readonly logger: Logger;
  readonly spares: number;
  /** Spares before the first call, and after five minutes without one. */
  readonly isWarm: boolean;
  readonly maxProcesses: number;
  /** The heap that spares are started with. */
  readonly memoryMb: number;
  readonly launch: (kind: 'node' | 'python', memoryMb: number) => Launch;
}

interface Owned {
  readonly process: SandboxProcess;
  readonly owner: string;
  isBusy: boolean;
}

const SWEEP_MS = 15_000;

const ownerOf = ({ workspaceId, projectId, kind, memoryMb }: Wanted): string => JSON.stringify([workspaceId, projectId, kind, memoryMb]);

/** Sandbox processes: who owns which, and spares that nobody owns yet. A process never changes its owner. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #owned = new Set<Owned>();
  readonly #spares: Record<'node' | 'python', SandboxProcess[]> = { node: [], python: [] };
  readonly #line = new WaitingLine<Owned>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #usedAt = { node: Number.NEGATIVE_INFINITY, python: Number.NEGATIVE_INFINITY };
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => {
      this.#sweep();
    }, SWEEP_MS);
    this.#sweeper.unref();
    this.#refill();
  }

  /** Processes that belong to somebody, and spares. */
  count(): { readonly processes: number; readonly spares: number } {
    return { processes: this.#owned.size, spares: this.#spares.node.length + this.#spares.python.length };
  }

  /**
   * Gives a process that is ready, and belongs to the caller until `release`.
   * @throws TransientError `code_runner_lost` when none can be started, or too many wait
   * @throws the signal's reason
   */
  async acquire(wanted: Wanted): Promise<SandboxProcess> {
    wanted.signal?.throwIfAborted();
    if (this.#isClosed) throw runnerLost('The code runner is closed');
    this.#usedAt[wanted.kind] = performance.now();
    for (let attempt = 1; ; attempt++) {
      const owned = this.#take(wanted) ?? (await this.#line.wait(wanted.workspaceId, () => this.#take(wanted), wanted.signal));
      try {
        await owned.process.ready;
        return owned.process;
      } catch (thrown) {
        this.#drop(owned);
        if (attempt === 2) throw runnerLost('A sandbox could not be started', thrown);
      }
    }
  }

  /** Gives a process back. @param isFit whether it may have another call of its owner */
  release(process: SandboxProcess, isFit: boolean): void {
    const owned = [...this.#owned].find((one) => one.process === process);
    if (owned === undefined) return;
    if (isFit && process.alive && process.calls < LIMITS.calls && !this.#isClosed) {
      owned.isBusy = false;
      process.rest();
      this.#line.serve();
    } else this.#drop(owned);
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    this.#line.close(runnerLost('The code runner is closed'));
    const all = [...[...this.#owned].map(({ process }) => process), ...this.#spares.node, ...this.#spares.python];
    this.#owned.clear();
    this.#spares.node = [];
    this.#spares.python = [];
    for (const process of all) process.kill();
    await Promise.all(all.map(async (process) => process.gone()));
  }

  #take(wanted: Wanted): Owned | undefined {
    const owner = ownerOf(wanted);
    for (const one of this.#owned) if (!one.isBusy && !one.process.alive) this.#owned.delete(one);
    const own = wanted.isFresh ? undefined : [...this.#owned].find((one) => !one.isBusy && one.owner === owner);
    if (own !== undefined) {
      own.isBusy = true;
      return own;
    }
    if (this.#owned.size >= this.#options.maxProcesses && !this.#evict()) return undefined;
    const made: Owned = { process: this.#unowned(wanted), owner, isBusy: true };
    this.#owned.add(made);
    return made;
  }

  /** Ends the process that has been idle longest. */
  #evict(): boolean {
    const idle = [...this.#owned]
      .filter(({ isBusy }) => !isBusy)
      .toSorted((one, other) => one.process.idleSince - other.process.idleSince)[0];
    if (idle === undefined) return false;
    this.#owned.delete(idle);
    idle.process.kill();
    return true;
  }

  /** A spare, the longest started first, or a new process. */
  #unowned({ kind, memoryMb }: Wanted): SandboxProcess {
    const fits = kind === 'python' || memoryMb === this.#options.memoryMb;
    const spares = this.#spares[kind];
    let spare = fits ? spares.shift() : undefined;
    while (spare !== undefined && !spare.alive) spare = spares.shift();
    // Starting costs a few ms of this thread: not before the call that waits has been sent.
    setImmediate(() => {
      this.#refill();
    });
    return spare ?? new SandboxProcess(this.#options.launch(kind, memoryMb));
  }

  #drop(owned: Owned): void {
    this.#owned.delete(owned);
    owned.process.kill();
    this.#line.serve();
  }

  #refill(): void {
    if (this.#isClosed) return;
    const since = performance.now() - LIMITS.idleMs;
    const isUsed = (kind: 'node' | 'python'): boolean => this.#usedAt[kind] > since;
    const wanted = { node: this.#options.isWarm || isUsed('node') ? this.#options.spares : 0, python: isUsed('python') ? 1 : 0 };
    for (const kind of ['node', 'python'] as const) {
      const spares = this.#spares[kind];
      while (spares.length < wanted[kind]) spares.push(this.#startSpare(kind));
      while (spares.length > wanted[kind]) spares.pop()?.kill();
    }
  }

  #startSpare(kind: 'node' | 'python'): SandboxProcess {
    const spare = new SandboxProcess(this.#options.launch(kind, this.#options.memoryMb));
    const late = setTimeout(() => {
      spare.kill();
    }, LIMITS.startMs);
    spare.ready
      .catch((thrown: unknown) => {
        // Not started again at once: the next call or sweep does.
        this.#spares[kind] = this.#spares[kind].filter((one) => one !== spare);
        if (!this.#isClosed) this.#options.logger.warn({ err: thrown, kind }, 'a spare sandbox did not come up');
      })
      .finally(() => {
        clearTimeout(late);
      });
    return spare;
  }

  #sweep(): void {
    const before = performance.now() - LIMITS.idleMs;
    for (const one of this.#owned) if (!one.isBusy && one.process.idleSince < before) this.#drop(one);
    this.#spares.node = this.#spares.node.filter(({ alive }) => alive);
    this.#spares.python = this.#spares.python.filter(({ alive }) => alive);
    this.#refill();
  }
}
