import type { JsonValue } from '@millwright/core';
import { codeError, runnerLost } from '../errors.ts';
import { GivenFiles } from '../given-files.ts';
import { LIMITS } from '../limits.ts';
import { readResult } from '../result.ts';
import type { CodeCall, CodeLog, CodeResult } from '../types.ts';
import { Broker } from './broker.ts';
import { failureOfExit, reportedFailure } from './failure.ts';
import { FileDesk } from './file-desk.ts';
import type { Frame } from './frames.ts';
import type { Exit, SandboxProcess } from './sandbox-process.ts';

/** How a call ended: what the code gave or why it failed, and whether the process may have another. */
export interface Ending {
  readonly isFit: boolean;
  readonly outcome: CodeResult | Error;
}

const LEVELS: ReadonlySet<unknown> = new Set(['log', 'info', 'warn', 'error', 'debug']);
/** Terminal escapes and the like; tabs and line ends stay. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

const LINE_END = 0x0a;
const NO_BYTES = new Uint8Array();

const isLevel = (value: unknown): value is CodeLog['level'] => LEVELS.has(value);

const written = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** One call on one process: what may be said, and in which order. Everything that arrives is the code's word, and not trusted. */
export class Conversation {
  readonly #process: SandboxProcess;
  readonly #call: CodeCall;
  readonly #broker: Broker;
  readonly #given: GivenFiles;
  readonly #desk: FileDesk;
  readonly #logs: CodeLog[] = [];
  readonly #ended = Promise.withResolvers<Ending>();
  #isSent = false;
  #isSpoilt = false;
  #isOver = false;

  constructor(process: SandboxProcess, call: CodeCall) {
    this.#process = process;
    this.#call = call;
    this.#broker = new Broker(call.fetch);
    this.#given = new GivenFiles(call);
    this.#desk = new FileDesk(call.files, this.#given);
  }

  /** Sends the call and hears the process out. Never rejects. */
  async hold(frame: readonly Buffer[]): Promise<Ending> {
    const { signal, timeoutMs } = this.#call;
    const late = setTimeout(() => {
      this.#stop(codeError('code_timeout', `The code was not done after ${timeoutMs} ms`));
    }, timeoutMs);
    const abort = (): void => {
      this.#stop(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#process.listen({
      onFrame: (one) => {
        this.#hear(one);
      },
      onExit: (exit) => {
        this.#exited(exit);
      },
    });
    this.#isSent = !this.#isOver;
    if (this.#isSent) this.#process.send('C', frame);
    try {
      return await this.#ended.promise;
    } finally {
      clearTimeout(late);
      signal?.removeEventListener('abort', abort);
      this.#broker.end();
      this.#desk.end();
      this.#process.rest();
    }
  }

  #end(outcome: CodeResult | Error, isFit: boolean): void {
    this.#isOver = true;
    this.#ended.resolve({ outcome, isFit });
  }

  #stop(reason: Error): void {
    if (this.#isOver) return;
    this.#end(reason, false);
    this.#process.kill();
  }

  #exited(exit: Exit): void {
    if (this.#isOver) return;
    // Ended by us and not by this conversation: the runner closes, and somebody else may make the call again.
    const isOurs = !this.#isSent || (exit.wasKilled && exit.broke === undefined);
    this.#end(isOurs ? runnerLost('The sandbox was ended before the code was done') : failureOfExit(exit), false);
  }

  #hear({ kind, body }: Frame): void {
    if (this.#isOver) return;
    switch (kind) {
      case 'L':
        this.#log(body);
        return;
      case 'F':
        void this.#fetch(body.toString('utf8'));
        return;
      case 'D':
        this.#file(body);
        return;
      case 'T':
        this.#isSpoilt = true;
        return;
      case 'R':
      case 'r':
        this.#result(body, kind === 'R' && !this.#isSpoilt);
        return;
      case 'E':
      case 'e':
        this.#end(reportedFailure(body.toString('utf8')), kind === 'E' && !this.#isSpoilt);
        return;
      default:
        throw new RangeError('a frame of an unknown kind');
    }
  }

  #result(body: Buffer, isFit: boolean): void {
    if (body.length > LIMITS.resultBytes) {
      this.#end(codeError('code_result_invalid', `The result has ${body.length} bytes; at most ${LIMITS.resultBytes} are taken`), false);
      return;
    }
    try {
      this.#end({ items: readResult(this.#call, body.toString('utf8'), this.#given), logs: this.#logs }, isFit);
    } catch (thrown) {
      this.#end(thrown instanceof Error ? thrown : codeError('code_result_invalid', 'The result cannot be read'), isFit);
    }
  }

  #log(body: Buffer): void {
    if (this.#logs.length >= LIMITS.logLines) return;
    const line: unknown = JSON.parse(body.toString('utf8'));
    if (!Array.isArray(line)) throw new RangeError('a log that is none');
    const [index, level, text]: readonly unknown[] = line;
    if (typeof index !== 'number' || !isLevel(level) || typeof text !== 'string') throw new RangeError('a log that is none');
    const log: CodeLog = { itemIndex: index, level, text: text.slice(0, LIMITS.logCharacters).replaceAll(CONTROL, written) };
    this.#logs.push(log);
    this.#call.onLog?.(log);
  }

  async #fetch(text: string): Promise<void> {
    const at = text.indexOf('\n');
    const id = Number(text.slice(0, at));
    const answer = await this.#broker
      .send(text.slice(at + 1))
      .catch(() => JSON.stringify({ error: { code: 'code_failed', message: 'no request' } }));
    if (!this.#isOver) this.#process.send('A', [Buffer.from(`${id}\n${answer}`)]);
  }

  /** A question about a file: its number, what it is, and bytes, with line ends between them. */
  #file(body: Buffer): void {
    const idEnd = body.indexOf(LINE_END);
    const headEnd = body.indexOf(LINE_END, idEnd + 1);
    if (idEnd < 0 || headEnd < 0) throw new RangeError('a question about a file that is none');
    const id = body.toString('latin1', 0, idEnd);
    const head = JSON.parse(body.toString('utf8', idEnd + 1, headEnd)) as JsonValue;
    void this.#desk.answer(head, body.subarray(headEnd + 1)).then(([told, bytes = NO_BYTES]) => {
      const heads = Buffer.from(`${Number(id)}\n${JSON.stringify(told)}\n`);
      if (!this.#isOver) this.#process.send('B', [heads, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)]);
    });
  }
}
