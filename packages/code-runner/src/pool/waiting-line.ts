import { runnerLost } from '../errors.ts';
import { LIMITS } from '../limits.ts';

interface Waiter<T> {
  /** Tries to have what it waits for. */
  readonly take: () => T | undefined;
  readonly resolve: (taken: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** Who waits for a process: in order within a workspace, and workspaces in turn. */
export class WaitingLine<T> {
  readonly #byWorkspace = new Map<string, Waiter<T>[]>();
  #count = 0;

  /**
   * Waits until `take` gives something.
   * @throws TransientError when too many wait, the signal's reason when it aborts
   */
  async wait(workspaceId: string, take: () => T | undefined, signal: AbortSignal | undefined): Promise<T> {
    if (this.#count >= LIMITS.waiting) throw runnerLost('Too many calls wait for a sandbox');
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiter: Waiter<T> = { take, resolve, reject };
    const line = this.#byWorkspace.get(workspaceId) ?? [];
    line.push(waiter);
    this.#byWorkspace.set(workspaceId, line);
    this.#count += 1;
    const abort = (): void => {
      if (this.#remove(workspaceId, waiter)) reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Lets those go who can have something now. Call whenever something was given back. */
  serve(): void {
    for (const [workspaceId, line] of Array.from(this.#byWorkspace)) {
      const waiter = line[0];
      const taken = waiter?.take();
      if (waiter === undefined || taken === undefined) continue;
      this.#remove(workspaceId, waiter);
      // Whoever had something goes to the end.
      const rest = this.#byWorkspace.get(workspaceId);
      if (rest !== undefined) {
        this.#byWorkspace.delete(workspaceId);
        this.#byWorkspace.set(workspaceId, rest);
      }
      waiter.resolve(taken);
    }
  }

  /** Refuses all who wait. */
  close(reason: unknown): void {
    for (const line of this.#byWorkspace.values()) for (const waiter of line) waiter.reject(reason);
    this.#byWorkspace.clear();
    this.#count = 0;
  }

  #remove(workspaceId: string, waiter: Waiter<T>): boolean {
    const line = this.#byWorkspace.get(workspaceId);
    const at = line?.indexOf(waiter) ?? -1;
    if (line === undefined || at < 0) return false;
    line.splice(at, 1);
    this.#count -= 1;
    if (line.length === 0) this.#byWorkspace.delete(workspaceId);
    return true;
  }
}
