import { messageOf } from '@millwright/core';

/** What happened to one part while everything stopped. */
export interface StopFault {
  readonly name: string;
  /** `late` when it was still stopping at the deadline. */
  readonly fault: 'late' | 'failed';
  readonly message: string;
}

interface Part {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
}

/** Who sets something up registers how it is torn down; `stop` runs them in reverse, once, within a deadline. */
export class Lifecycle {
  readonly #parts: Part[] = [];
  #stopped: Promise<readonly StopFault[]> | undefined;

  /** Whether `stop` was called. */
  get stopping(): boolean {
    return this.#stopped !== undefined;
  }

  /**
   * Registers a part as soon as it runs. A part that comes up after `stop` was called is stopped at once.
   * @param name for logs
   * @param stop may be called once; its failure does not keep the others running
   */
  onStop(name: string, stop: () => Promise<void> | void): void {
    if (this.#stopped === undefined) {
      this.#parts.push({ name, stop });
      return;
    }
    this.#stopped = Promise.all([this.#stopped, stopOne({ name, stop }, Date.now() + 5_000)]).then(([before, fault]) =>
      fault === undefined ? before : [...before, fault],
    );
  }

  /**
   * Stops all parts, the last started first. Calling again waits for the same stop.
   * @param deadlineMs for everything together, from now; what is still stopping then is left and reported
   * @returns what failed or was late; empty when all went well. Never rejects.
   */
  stop(deadlineMs: number): Promise<readonly StopFault[]> {
    this.#stopped ??= this.#stopAll(Date.now() + deadlineMs);
    return this.#stopped;
  }

  async #stopAll(deadlineAt: number): Promise<readonly StopFault[]> {
    const faults: StopFault[] = [];
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) {
      const fault = await stopOne(part, deadlineAt);
      if (fault !== undefined) faults.push(fault);
    }
    return faults;
  }
}

async function stopOne(part: Part, deadlineAt: number): Promise<StopFault | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<StopFault>();
  const timer = setTimeout(
    () => {
      resolve({ name: part.name, fault: 'late', message: 'still stopping at the deadline' });
    },
    Math.max(0, deadlineAt - Date.now()),
  );
  try {
    return await Promise.race([
      Promise.resolve()
        .then(part.stop)
        .then(() => undefined),
      late,
    ]);
  } catch (thrown) {
    return { name: part.name, fault: 'failed', message: messageOf(thrown) };
  } finally {
    clearTimeout(timer);
  }
}
