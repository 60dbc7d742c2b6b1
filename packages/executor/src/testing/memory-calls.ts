import { TransientError, type OwnerId } from '@millwright/core';
import type { CallLedger, CallOpened, Outcome, RemoteCall, RunHeader, StartedAttempt } from '@millwright/workflow';
import { copied } from './copied.ts';
import { attemptKey, isDone, type AttemptRow, type MemoryStore } from './memory-store.ts';

/** The process that makes a call, as far as it matters here. */
export interface CallingProcess {
  readonly owner: OwnerId;
  /** Whether it is alive. */
  readonly isAlive: () => boolean;
  /** Commits; may kill the process before or after. */
  readonly commit: (write: () => boolean) => Promise<boolean>;
}

/** One remote call's view of the store. */
export class MemoryCalls implements CallLedger {
  readonly #store: MemoryStore;
  readonly #process: CallingProcess;
  readonly #header: RunHeader;
  readonly #call: RemoteCall;

  constructor(store: MemoryStore, process: CallingProcess, run: { readonly header: RunHeader; readonly call: RemoteCall }) {
    this.#store = store;
    this.#process = process;
    this.#header = run.header;
    this.#call = run.call;
  }

  readonly open = async (): Promise<CallOpened> => {
    if (!this.#process.isAlive()) throw new TransientError({ code: 'database_unavailable', message: 'the process is dead' });
    const { losses, attempts } = this.#store.row(this.#header);
    const { nodeId, runIndex, itemIndex } = this.#call;
    const last = [...attempts.values()]
      .filter((row) => row.nodeId === nodeId && row.runIndex === runIndex && row.itemIndex === itemIndex)
      .toSorted((a, b) => b.attempt - a.attempt)[0];
    return { isOpen: this.#isOpen, losses, last: last === undefined ? null : this.#toLast(last) };
  };

  readonly start = async (attempt: StartedAttempt): Promise<boolean> =>
    this.#process.commit(() => {
      const row = this.#store.row(this.#header);
      const { attempts } = row;
      const { owner } = this.#process;
      if (isDone(row, attempt) || !this.#isOpen || !this.#store.alive.has(owner) || attempts.has(attemptKey(attempt))) return false;
      this.#store.put(row, { ...attempt, status: 'started', seq: 0, owner });
      return true;
    });

  readonly store = async (outcome: Omit<Outcome, 'seq'>): Promise<void> => {
    await this.#process.commit(() => {
      const row = this.#store.row(this.#header);
      const { attempts, end } = row;
      const known = attempts.get(attemptKey(outcome));
      const { owner } = this.#process;
      if (known === undefined ? end !== null : known.status !== 'started' || known.owner !== owner) return false;
      this.#store.put(row, { ...known, ...copied(outcome), seq: 0, owner });
      return true;
    });
  };

  readonly close = (): void => undefined;

  get #isOpen(): boolean {
    const { end, cancelRequested } = this.#store.row(this.#header);
    return end === null && !cancelRequested;
  }

  #toLast({ attempt, status, requestHash = '', startedAtMs, owner }: AttemptRow): CallOpened['last'] {
    const own = owner === this.#process.owner ? { isOwn: true as const } : {};
    return { attempt, status, requestHash, startedAtMs, owner, isAlive: this.#store.alive.has(owner), ...own };
  }
}
