import { TransientError } from '@millwright/core';
import { waits, type Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import type { RunStarter } from '@millwright/temporal-client';
import { startDueHandlers } from './failure-handlers.ts';
import type { CallParts } from './start-called-run.ts';

/** How often is looked for what nobody came for, in ms. */
const EVERY_MS = 5_000;
/** A decision, cancel or pause that is so old has lost its wake-up, in ms. */
const STALE_MS = 5_000;

/** What a waker needs. */
export interface WakerParts {
  readonly db: Database;
  readonly starter: Pick<RunStarter, 'wake'>;
  readonly calls: CallParts;
  readonly log: Logger;
}

/**
 * Wakes runs for which something was decided in Postgres (a called run ended, a caller was canceled), and starts due failure
 * handlers: at once when Postgres says so, and every five seconds whatever was missed.
 */
export class RunWaker {
  readonly #parts: WakerParts;
  readonly #unlisten: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: WakerParts) {
    this.#parts = parts;
  }

  /** Listens and looks until stopped. */
  start(): void {
    const { listen } = this.#parts.db;
    this.#unlisten.push(
      listen('run_wake', (payload) => void this.#wake(payload.slice(payload.indexOf(':') + 1))),
      listen('run_failed', () => this.#look(() => startDueHandlers(this.#parts.calls, this.#parts.log))),
    );
    this.#timer = setInterval(() => this.#look(() => this.#sweep()), EVERY_MS).unref();
  }

  /** Ends it; resolves when what is under way is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const unlisten of this.#unlisten) unlisten();
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
  }

  async #sweep(): Promise<void> {
    for (const runId of await waits.staleRuns(this.#parts.db.executor, STALE_MS)) await this.#wake(runId);
    await startDueHandlers(this.#parts.calls, this.#parts.log);
  }

  /** One look after the other. */
  #look(work: () => Promise<void>): void {
    this.#round = this.#round.then(async () => {
      if (this.#isStopped) return;
      await work().catch((thrown: unknown) => this.#failed(thrown));
    });
  }

  async #wake(runId: string): Promise<void> {
    await this.#parts.starter.wake(runId).catch((thrown: unknown) => this.#failed(thrown));
  }

  /** What is away is tried again with the next look. */
  #failed(thrown: unknown): void {
    if (!(thrown instanceof TransientError)) this.#parts.log.error({ err: thrown }, 'runs could not be woken');
  }
}
