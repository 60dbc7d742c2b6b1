import { spawn, type ChildProcess } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from '@millwright/platform';
import { identify } from './process-identity.ts';
import type { ChildRecord } from './stop-processes.ts';

/**
 * The children of one supervisor, as written down in two places: with the watcher, which stops them when we die,
 * and in a file, from which the next start stops what even the watcher left.
 */
export class ChildGroup {
  readonly #children = new Map<string, ChildRecord>();
  readonly #file: string;
  readonly #watcher: ChildProcess;
  #written: Promise<void> = Promise.resolve();

  /**
   * Starts the watcher, in a session of its own so that a signal to our process group does not reach it.
   * @param file where the list is kept
   */
  constructor(file: string, log: Logger) {
    this.#file = file;
    this.#watcher = spawn(process.execPath, [fileURLToPath(new URL('./watcher.ts', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    this.#watcher.on('error', (err) => {
      log.error({ err }, 'watcher could not be started');
    });
    this.#watcher.stdin?.on('error', () => undefined);
    this.#watcher.unref();
  }

  /** Pids by name. */
  get pids(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#children].map(([name, { pid }]) => [name, pid]));
  }

  /** Lists a child as soon as it runs. The watcher is told before this returns for the first time: a kill in between would leave an orphan. */
  async add(child: Omit<ChildRecord, 'startedAt'>): Promise<void> {
    const identity = identify(child.pid);
    if (identity === undefined) return;
    this.#children.set(child.name, { ...child, ...identity });
    await this.#tell();
  }

  /** Strikes a child that ended. */
  async remove(name: string, pid: number): Promise<void> {
    if (this.#children.get(name)?.pid !== pid) return;
    this.#children.delete(name);
    await this.#tell();
  }

  /** Lets the watcher go, once no child is left. */
  async close(): Promise<void> {
    await this.#written;
    this.#watcher.stdin?.end();
  }

  async #tell(): Promise<void> {
    const text = JSON.stringify([...this.#children.values()]);
    this.#watcher.stdin?.write(`${text}\n`);
    this.#written = this.#written
      .then(async () => writeFile(`${this.#file}.new`, text).then(async () => rename(`${this.#file}.new`, this.#file)))
      .catch(() => undefined);
    await this.#written;
  }
}
