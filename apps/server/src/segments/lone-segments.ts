import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TransientError } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import type { SegmentInput, SegmentResult } from '@millwright/workflow';
import type { LoneAnswer } from './lone-process.ts';

const PROGRAM = fileURLToPath(new URL('./lone-process.ts', import.meta.url));
/** Processes side by side; each has one run at a time. */
const MAX_PROCESSES = 4;

/**
 * Runs segments in processes of their own, one run in each: those of runs that were open when processes died, or of whose plan another run
 * killed its own (durability.md §3). If one dies as well, it is known of which run, and only that run is hurt.
 */
export class LoneSegments {
  readonly #log: Logger;
  readonly #free: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @throws TransientError `worker_died` when the process died of it, or what the segment threw */
  async run(input: SegmentInput): Promise<SegmentResult> {
    if (this.#busy >= MAX_PROCESSES) await new Promise<void>((go) => this.#waiting.push(go));
    this.#busy += 1;
    const child = this.#free.pop() ?? this.#start();
    const { runId, workspaceId } = input.header;
    this.#log.warn({ runId, workspaceId }, 'a run that may kill its process goes on in one of its own');
    try {
      const answer = await exchange(child, input);
      this.#free.push(child);
      if ('result' in answer) return answer.result;
      throw new TransientError({ code: answer.code, message: answer.message });
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Lets the processes finish what they do, and end. */
  stop(): void {
    for (const child of this.#all) if (child.connected) child.disconnect();
  }

  #start(): ChildProcess {
    const child = fork(PROGRAM, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#all.add(child);
    child.on('error', (err) => this.#log.warn({ err }, 'a process for one run has a fault'));
    child.once('exit', () => {
      this.#all.delete(child);
      const at = this.#free.indexOf(child);
      if (at >= 0) this.#free.splice(at, 1);
    });
    return child;
  }
}

/** @throws TransientError when the process ends instead of answering */
async function exchange(child: ChildProcess, input: SegmentInput): Promise<LoneAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<LoneAnswer>();
  const onEnd = (): void => reject(new TransientError({ code: 'worker_died', message: 'the process died that worked on this run' }));
  child.once('message', resolve);
  child.once('exit', onEnd);
  try {
    child.send(input, (fault) => {
      if (fault) onEnd();
    });
    return await promise;
  } finally {
    child.off('message', resolve);
    child.off('exit', onEnd);
  }
}
