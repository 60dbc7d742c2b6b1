import { TransientError } from '@millwright/core';
import type { RemoteCall, RunNodeInput, RunState, SegmentInput } from '@millwright/workflow';
import type { Executor } from '../create-executor.ts';
import type { MemoryProcess } from './memory-ledger.ts';

/** A process with its executor. */
interface Here {
  readonly process: MemoryProcess;
  readonly executor: Pick<Executor, 'runNode'>;
}

/** Rejects when the process is dead: what it does then is seen by nobody. */
function untilDead(process: MemoryProcess): { readonly promise: Promise<never>; readonly stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setInterval(() => {
    if (process.isDead()) reject(new TransientError({ code: 'process_died', message: 'the process died' }));
  }, 2);
  return { promise, stop: () => clearInterval(timer) };
}

/** The remote calls of a run, as the host and Temporal keep them. */
export class CallsOut {
  readonly #here: () => Here;
  readonly #replace: () => void;
  readonly #started = new Set<string>();
  readonly #out = new Set<Promise<void>>();
  #over: RemoteCall[] = [];
  #taken: readonly RemoteCall[] = [];

  constructor(here: () => Here, replace: () => void) {
    this.#here = here;
    this.#replace = replace;
  }

  get isBusy(): boolean {
    return this.#out.size > 0 || this.hasOver;
  }

  get hasOver(): boolean {
    return this.#over.length > 0;
  }

  takeOver(): readonly RemoteCall[] {
    this.#taken = this.#over;
    this.#over = [];
    return this.#taken;
  }

  /** The segment is tried again, with the same. */
  keepOver(): void {
    this.#over.unshift(...this.#taken);
  }

  start({ header, skeleton }: SegmentInput, state: RunState, calls: readonly RemoteCall[]): void {
    for (const call of calls) {
      const key = JSON.stringify(call);
      if (this.#started.has(key)) continue;
      this.#started.add(key);
      const running = this.#run({ header, skeleton, state, call }).then(() => void this.#over.push(call));
      this.#out.add(running);
      void running.then(() => this.#out.delete(running));
    }
  }

  async next(untilMs: number | null): Promise<void> {
    if (this.hasOver) return;
    const timer = untilMs === null ? [] : [new Promise<void>((resolve) => setTimeout(resolve, untilMs - Date.now()).unref())];
    await Promise.race([...this.#out, ...timer]);
    await Promise.resolve();
  }

  async #run(input: RunNodeInput): Promise<void> {
    for (;;) {
      const here = this.#here();
      const death = untilDead(here.process);
      try {
        return await Promise.race([here.executor.runNode(input), death.promise]);
      } catch (thrown) {
        if (!(thrown instanceof TransientError)) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (here === this.#here()) this.#replace();
      } finally {
        death.stop();
      }
    }
  }
}
