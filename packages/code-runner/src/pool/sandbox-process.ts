import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Launch } from '../walls/launch.ts';
import { LIMITS } from '../limits.ts';
import { encodeFrame, FrameReader, type Frame } from './frames.ts';

/** Why a process is gone. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to standard error, which only V8 and the launcher do. */
  readonly tail: string;
  /** Whether we ended it. */
  readonly wasKilled: boolean;
  /** What it did that no honest process does. */
  readonly broke?: string;
}

/** Who hears a process while it works. */
export interface Listener {
  readonly onFrame: (frame: Frame) => void;
  readonly onExit: (exit: Exit) => void;
}

const TAIL_CHARACTERS = 4096;
const FRAME_BYTES = Math.max(LIMITS.resultBytes, LIMITS.requestBytes * 2) + 4096;

/** One process behind the walls. Knows the pipe; not what is said over it. */
export class SandboxProcess {
  /** Calls that it was given. */
  calls = 0;
  /** Since when it has nothing to do, on the monotonic clock. */
  idleSince = performance.now();
  /** Resolves when it has said that it can work; rejects when it never will. */
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;
  readonly #reader = new FrameReader(FRAME_BYTES);
  #listener: Listener | undefined;
  #exit: Exit | undefined;
  #tail = '';
  #broke: string | undefined;
  #isReady = false;
  readonly #said = Promise.withResolvers<undefined>();
  readonly #gone = Promise.withResolvers<undefined>();

  constructor(launch: Launch) {
    const stdio: ('ignore' | 'pipe')[] = ['ignore', 'ignore', 'pipe', 'pipe', launch.filter === undefined ? 'ignore' : 'pipe'];
    this.#child = spawn(launch.command, launch.args, {
      // Nothing of ours is in the environment of the launcher either: code could read it there.
      env: {},
      cwd: '/',
      // A group of its own: the launcher's child would outlive a launcher that is killed before it has set its own leash.
      detached: true,
      stdio,
    });
    const [, , errors, pipe, filter] = this.#child.stdio;
    if (!(pipe instanceof Socket)) throw new TypeError('a sandbox has no pipe');
    this.#pipe = pipe;
    this.ready = this.#said.promise;
    // Whoever waits hears it; nobody has to.
    this.ready.catch(() => undefined);
    if (filter instanceof Socket) filter.on('error', () => undefined).end(launch.filter ?? '');
    errors?.on('data', (bytes: Buffer) => {
      this.#tail = (this.#tail + bytes.toString('latin1')).slice(-TAIL_CHARACTERS);
    });
    pipe.on('error', () => undefined);
    pipe.on('data', (bytes: Buffer) => {
      this.#take(bytes);
    });
    this.#watch();
  }

  #watch(): void {
    this.#child.on('error', (fault) => {
      this.#tail += fault.message;
      this.#ended(null, null);
    });
    // Whatever it wrote before it ended is read before `close`; when it was killed nobody wants it.
    this.#child.on('exit', (code, signal) => {
      if (this.#child.killed) this.#ended(code, signal);
    });
    this.#child.on('close', (code, signal) => {
      this.#ended(code, signal);
    });
  }

  #ended(code: number | null, signal: string | null): void {
    if (this.#exit !== undefined) return;
    this.#exit = {
      code,
      signal,
      tail: this.#tail,
      wasKilled: this.#child.killed,
      ...(this.#broke === undefined ? {} : { broke: this.#broke }),
    };
    this.#said.reject(new Error(`a sandbox ended before it was ready: ${this.#tail.trim() || String(signal ?? code)}`));
    this.#gone.resolve(undefined);
    this.#listener?.onExit(this.#exit);
  }

  get alive(): boolean {
    return this.#exit === undefined && !this.#child.killed;
  }

  #take(bytes: Buffer): void {
    if (this.#child.killed) return;
    try {
      for (const frame of this.#reader.push(bytes)) {
        if (frame.kind === 'H' && !this.#isReady) {
          this.#isReady = true;
          this.#said.resolve(undefined);
        } else if (this.#listener === undefined) throw new RangeError(`a frame "${frame.kind}" that nobody asked for`);
        else this.#listener.onFrame(frame);
      }
    } catch (thrown) {
      this.#broke = thrown instanceof Error ? thrown.message : 'a frame that is none';
      this.kill();
    }
  }

  /** Gives it work. One listener at a time. */
  listen(listener: Listener): void {
    this.#listener = listener;
    if (this.#exit !== undefined) listener.onExit(this.#exit);
  }

  /** Takes the listener away; a frame that comes now ends the process. */
  rest(): void {
    this.#listener = undefined;
    this.idleSince = performance.now();
  }

  send(kind: string, body: readonly Buffer[]): void {
    this.#pipe.write(encodeFrame(kind, body));
  }

  /** Ends it and everything in it, now. */
  kill(): void {
    if (this.#child.pid !== undefined && this.#exit === undefined) {
      try {
        process.kill(-this.#child.pid, 'SIGKILL');
      } catch {
        // It ended a moment ago.
      }
    }
    this.#child.kill('SIGKILL');
    this.#pipe.destroy();
    this.#child.stderr?.destroy();
  }

  /** Resolves when it is gone. */
  async gone(): Promise<void> {
    await this.#gone.promise;
  }
}
