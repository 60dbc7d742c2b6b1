import type { RunId } from '@millwright/core';
import type { Listen } from '../listen.ts';
import type { Queryable } from '../queryable.ts';

/** Which open runs somebody wants to stop. */
export interface LedgerCancels {
  readonly requested: (runId: RunId) => boolean;
  /** Calls back once, at once when it was requested already. @returns stops that */
  readonly onCancel: (runId: RunId, callback: () => void) => () => void;
}

/** Poll beside LISTEN: a notification can be missed, the column cannot. */
const POLL_MS = 500;

/** What is heard of: the channel, and the column that a missed notification is read from. */
interface RunFlag {
  readonly channel: 'run_cancel' | 'run_pause';
  readonly column: 'cancel_at' | 'pause_at';
}

/** Hears of requests (to stop, to pause) for the runs that are open here. */
export class Cancels implements LedgerCancels {
  readonly #query: Queryable['query'];
  readonly #flag: RunFlag;
  readonly #isOpen: (runId: string) => boolean;
  readonly #openRuns: () => readonly string[];
  readonly #asked = new Set<string>();
  readonly #callbacks = new Map<string, Set<() => void>>();
  #unlisten: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    query: Queryable['query'],
    flag: RunFlag,
    open: { readonly has: (runId: string) => boolean; readonly all: () => readonly string[] },
  ) {
    this.#query = query;
    this.#flag = flag;
    this.#isOpen = open.has;
    this.#openRuns = open.all;
  }

  start(listen: Listen | undefined): void {
    this.#unlisten =
      listen?.(
        this.#flag.channel,
        (payload) => {
          this.mark(payload.slice(payload.indexOf(':') + 1));
        },
        () => {
          this.#poll();
        },
      ) ?? null;
    this.#timer = setInterval(() => {
      this.#poll();
    }, POLL_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#unlisten?.();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  requested(runId: string): boolean {
    return this.#asked.has(runId);
  }

  onCancel(runId: string, callback: () => void): () => void {
    if (this.#asked.has(runId)) {
      callback();
      return () => undefined;
    }
    const callbacks = this.#callbacks.get(runId) ?? new Set();
    callbacks.add(callback);
    this.#callbacks.set(runId, callbacks);
    return () => {
      callbacks.delete(callback);
      if (callbacks.size === 0 && this.#callbacks.get(runId) === callbacks) this.#callbacks.delete(runId);
    };
  }

  /** Somebody asked; runs that are not open here are somebody else's. */
  mark(runId: string): void {
    if (this.#asked.has(runId) || (!this.#isOpen(runId) && !this.#callbacks.has(runId))) return;
    this.#asked.add(runId);
    const callbacks = this.#callbacks.get(runId);
    this.#callbacks.delete(runId);
    for (const callback of callbacks ?? []) callback();
  }

  /** The segment is over; the next one reads the column again. */
  forget(runId: string): void {
    this.#asked.delete(runId);
  }

  #poll(): void {
    const open = this.#openRuns();
    if (open.length === 0 && this.#callbacks.size === 0) return;
    this.#query<{ run_id: string }>(
      `select run_id from runs where ${this.#flag.column} is not null and status in ('queued', 'running', 'waiting') and run_id = any($1::text[])`,
      [[...open, ...this.#callbacks.keys()]],
      `${this.#flag.channel}_poll`,
    )
      .then((result) => {
        for (const row of result.rows) this.mark(row.run_id);
      })
      .catch(() => undefined);
  }
}
