import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { MillwrightError } from '@millwright/core';
import type { Logger, Program } from '@millwright/platform';
import type { ChildGroup } from './child-group.ts';
import { tailOf } from './log-file.ts';
import { stepsOf, type ChildRecord } from './stop-processes.ts';

/** How a child is kept. */
export interface Keeping {
  readonly group: ChildGroup;
  readonly log: Logger;
  /** Gets everything that the child writes. */
  readonly logFile: string;
  readonly stopSignal: ChildRecord['stopSignal'];
  /** Milliseconds between asking it to stop and its next step (`stepsOf`). */
  readonly graceMs: number;
  /** Opens an IPC channel and gets what the child sends over it. */
  readonly onMessage?: (message: unknown) => void;
}

const SHORTEST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;
const HEALTHY_AFTER_MS = 10_000;
const EXITS_BEFORE_READY = 3;

/** A child that is started again (after 0.2 to 5 s) whenever it ends without being asked to. */
export class KeptChild {
  readonly #program: Program;
  readonly #keeping: Keeping;
  readonly #gaveUp = Promise.withResolvers<never>();
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #backoffMs = SHORTEST_BACKOFF_MS;
  #restart: NodeJS.Timeout | undefined;
  #exitsBeforeReady: number | undefined = 0;
  #stopping = false;

  constructor(program: Program, keeping: Keeping) {
    this.#program = program;
    this.#keeping = keeping;
    // Who does not wait for readiness still must not crash on it.
    this.#gaveUp.promise.catch(() => undefined);
  }

  /** Starts it. Returns when it is listed with the watcher, before it is ready. */
  async start(): Promise<void> {
    const { group, logFile, stopSignal, graceMs, onMessage, log } = this.#keeping;
    const { name, file, args, env, cwd, user } = this.#program;
    const output = openSync(logFile, 'a', 0o600);
    const stdio: StdioOptions = onMessage === undefined ? ['ignore', output, output] : ['ignore', output, output, 'ipc'];
    const child = spawn(file, args, { env: { ...env }, stdio, detached: true, ...(cwd === undefined ? {} : { cwd }), ...user });
    closeSync(output);
    this.#child = child;
    const startedMs = performance.now();
    const exited = Promise.withResolvers<void>();
    this.#exited = exited.promise;
    child.on('error', (err) => {
      log.error({ err, child: name }, 'child could not be started');
    });
    child.once('exit', (code, signal) => {
      exited.resolve();
      void this.#ended({ pid: child.pid ?? 0, livedMs: performance.now() - startedMs, code, signal });
    });
    if (onMessage !== undefined) child.on('message', onMessage);
    if (child.pid === undefined) throw new MillwrightError({ code: 'child_failed', message: `${name} could not be started from ${file}` });
    await group.add({ name, pid: child.pid, stopSignal, graceMs });
  }

  /**
   * Waits for a check of readiness, but no longer than the child deserves: it may end twice meanwhile, not three times.
   * @throws MillwrightError `child_failed` with the end of its log
   */
  async untilReady<T>(ready: Promise<T>): Promise<T> {
    const result = await Promise.race([ready, this.#gaveUp.promise]);
    this.#exitsBeforeReady = undefined;
    return result;
  }

  /** Stops it step by step, and returns when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const timers = stepsOf(this.#keeping).map(({ signal, afterMs }) => setTimeout(() => child.kill(signal), afterMs));
    await this.#exited;
    for (const timer of timers) clearTimeout(timer);
    await this.#keeping.group.remove(this.#program.name, child.pid);
  }

  async #ended({
    pid,
    livedMs,
    code,
    signal,
  }: {
    readonly pid: number;
    readonly livedMs: number;
    readonly code: number | null;
    readonly signal: string | null;
  }): Promise<void> {
    if (this.#stopping) return;
    const { group, log, logFile } = this.#keeping;
    const { name } = this.#program;
    await group.remove(name, pid);
    if (this.#exitsBeforeReady !== undefined && ++this.#exitsBeforeReady >= EXITS_BEFORE_READY) {
      const output = await tailOf(logFile);
      this.#gaveUp.reject(
        new MillwrightError({
          code: 'child_failed',
          message: `${name} ended ${EXITS_BEFORE_READY} times before it was ready`,
          hint: `Its last words are in ${logFile}.`,
          details: { output },
        }),
      );
      return;
    }
    if (livedMs >= HEALTHY_AFTER_MS) this.#backoffMs = SHORTEST_BACKOFF_MS;
    log.warn({ child: name, code, signal, restartInMs: this.#backoffMs }, 'child ended and is started again');
    if (this.#stopping) return;
    this.#restart = setTimeout(() => {
      this.start().catch((err: unknown) => {
        log.error({ err, child: name }, 'child could not be started again');
        void this.#ended({ pid: 0, livedMs: 0, code: null, signal: null });
      });
    }, this.#backoffMs);
    this.#backoffMs = Math.min(this.#backoffMs * 2, LONGEST_BACKOFF_MS);
  }
}
