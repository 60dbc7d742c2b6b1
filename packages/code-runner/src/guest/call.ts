/** One call: its context, and what the code in it may ask for. */
import { createContext, constants, type Context } from 'node:vm';
import type { Host } from './context/core.ts';
import type { Entry } from './context/entry.ts';
import { nextFrame, writeFrame } from './channel.ts';
import { CONSOLE, RESULT_CHARACTERS } from './limits.ts';
import { runCrypto } from './crypto-operations.ts';
import { compileModule, runLibrary } from './libraries.ts';
import { PackageDenied, resolveModule, type Allowed } from './packages.ts';
import { needsConsole, needsExtras, SourceFault, type Sources } from './source.ts';
import { decodeText, parseUrl, readPackageFile, setUrlPart } from './text-operations.ts';

/** What the runner sends; the texts go into the context as they are. */
export interface CallText extends Allowed {
  readonly language: string;
  readonly mode: string;
  readonly source: string;
  readonly items: string;
  readonly data: string;
  readonly nodes: string;
}

const REFUSED = '\u0000';
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LINE_END = 0x0a;

const refusal = (code: string, message: string): string => `${REFUSED}${code}${REFUSED}${message}`;
const isText = (value: unknown): value is string => typeof value === 'string';

const LIBRARIES: ReadonlySet<unknown> = new Set(['extras', 'luxon', 'buffer']);
const isLibrary = (name: unknown): name is 'extras' | 'luxon' | 'buffer' => LIBRARIES.has(name);

/** A context that is ready for a call; made ahead, while nobody waits. */
export class Call {
  readonly #context: Context;
  readonly #entry: Entry;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  /** Modules of Node that this call may have. */
  readonly #granted = new Set<string>();
  #text: CallText | undefined;
  #open = 0;
  #reads = false;
  #isSpoilt = false;
  #lines = 0;
  #characters = 0;
  #dropped = 0;
  #end: ((frame: readonly [kind: string, body: string]) => void) | undefined;

  constructor() {
    // The global is the context's own, no object of this realm behind it.
    this.#context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: true, wasm: false } });
    const open = runLibrary('context', this.#context) as (host: Host) => Entry;
    this.#entry = open((operation, first, second) => this.#answer(operation, first, second));
  }

  /** What the function around the user's has to take. */
  get rootNames(): string {
    return this.#entry.rootNames;
  }

  /** Runs the code. @returns the frame that says how it ended, once nothing of it can run any more */
  async run(text: CallText, sources: Sources): Promise<readonly [kind: string, body: string]> {
    this.#text = text;
    const ended = new Promise<readonly [kind: string, body: string]>((resolve) => {
      this.#end = resolve;
    });
    try {
      const script = sources.compile(text.language, text.source);
      this.#entry.prepare(text.items, text.data, text.nodes);
      if (needsConsole(text.source)) this.#entry.addConsole();
      if (needsExtras(text.source)) this.#entry.addExtras();
      this.#entry.run(text.mode, script.runInContext(this.#context) as () => () => unknown);
      this.#look();
    } catch (thrown) {
      this.#fail(thrown);
    }
    const [kind, body] = await ended;
    if (this.#dropped > 0) writeFrame('L', JSON.stringify([0, 'warn', `${this.#dropped} more lines were not kept`]));
    // What still waits for an answer could be woken by it later: the process ends with the call.
    return [this.#isSpoilt || this.#open > 0 ? kind.toLowerCase() : kind, body];
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof SourceFault) {
      const { message, line, column } = thrown;
      this.#finish('E', JSON.stringify({ code: 'code_syntax', message, line, column }));
    } else this.#finish('e', JSON.stringify({ code: 'code_failed', message: 'The sandbox could not start the code' }));
  }

  #done(result: string): void {
    if (result.length <= RESULT_CHARACTERS) this.#finish('R', result);
    else
      this.#finish(
        'E',
        JSON.stringify({
          code: 'code_result_invalid',
          message: `The result has ${result.length} characters; at most ${RESULT_CHARACTERS} are taken`,
        }),
      );
  }

  #finish(kind: string, body: string): void {
    const end = this.#end;
    if (end === undefined) return;
    this.#end = undefined;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    // One turn of the loop: every microtask of the code has run then. Where they never end, the runner's clock ends them.
    setImmediate(end, [kind, body]);
  }

  /** Fails a call that waits for what nobody can settle. */
  #look(): void {
    setImmediate(() => {
      if (this.#end === undefined || this.#timers.size > 0 || this.#open > 0 || this.#isSpoilt) return;
      const message = 'The code waits for a promise that nothing settles';
      this.#finish('E', JSON.stringify({ code: 'code_timeout', message }));
    });
  }

  /** The door of the context. Gets primitives, gives primitives; what it throws is dropped on the other side. */
  #answer(operation: unknown, first: unknown, second: unknown): unknown {
    if (this.#end === undefined && operation !== 'library') return refusal('', 'The call has ended');
    if (operation === 'done') return isText(first) ? this.#done(first) : undefined;
    if (operation === 'fail') return isText(first) ? this.#finish('E', first) : undefined;
    if (operation === 'log') return this.#log(first, second);
    if (operation === 'timeout' || operation === 'interval') return this.#timer(operation, Number(first), Number(second));
    if (operation === 'clear') return this.#clear(Number(first));
    if (operation === 'fetch' || operation === 'file') return this.#send(operation, Number(first), isText(second) ? second : '');
    try {
      return this.#value(String(operation), first, second);
    } catch (thrown) {
      const code = thrown instanceof PackageDenied ? 'code_package_denied' : '';
      return refusal(code, thrown instanceof Error ? thrown.message : 'refused');
    }
  }

  #value(operation: string, first: unknown, second: unknown): unknown {
    const allowed: Allowed = this.#text ?? { packages: [], builtins: false };
    if (operation === 'library') return isLibrary(first) ? runLibrary(first, this.#context) : undefined;
    if (!isText(first)) return undefined;
    if (operation === 'url') return parseUrl(first, isText(second) ? second : undefined);
    if (operation === 'urlSet') return isText(second) ? setUrlPart(first, second) : '';
    if (operation === 'decode') return isText(second) ? decodeText(first, second) : '';
    if (operation === 'crypto') return isText(second) ? runCrypto(first, second) : '';
    if (operation === 'resolve') return this.#resolve(first, isText(second) ? second : '', allowed);
    if (operation === 'read') return readPackageFile(first);
    if (operation === 'compile') return compileModule(first, this.#context);
    if (operation === 'builtin') return this.#builtin(first);
    return undefined;
  }

  #resolve(name: string, from: string, allowed: Allowed): string {
    const found = resolveModule(name, from, allowed);
    if (found.startsWith('node:')) this.#granted.add(found);
    return found;
  }

  /** Node's own module: an object of this realm, so the runner is told first, and never uses the process again. */
  #builtin(name: string): unknown {
    if (!this.#granted.has(name)) return undefined;
    if (!this.#isSpoilt) writeFrame('T', '');
    this.#isSpoilt = true;
    // Keeps the process up while the module works; the runner ends it.
    setInterval(() => undefined, LONGEST_TIMER_MS);
    return process.getBuiltinModule(name);
  }

  /** @param head the item's position and the level, with a space between */
  #log(head: unknown, text: unknown): void {
    if (!isText(text) || !isText(head)) return;
    const [index = '0', level = 'log'] = head.split(' ');
    this.#lines += 1;
    this.#characters += text.length;
    if (this.#lines > CONSOLE.mostLines || this.#characters > CONSOLE.mostCharacters) {
      writeFrame('e', JSON.stringify({ code: 'code_too_much_output', message: 'The code wrote too much to the console' }));
      process.exit(1);
    }
    if (this.#lines > CONSOLE.lines || this.#characters > CONSOLE.characters) this.#dropped += 1;
    else writeFrame('L', JSON.stringify([Number(index), level, text.slice(0, CONSOLE.lineCharacters)]));
  }

  #timer(kind: 'timeout' | 'interval', id: number, ms: number): void {
    const fire = (): void => {
      if (kind === 'timeout') this.#timers.delete(id);
      this.#entry.fireTimer(id);
      this.#look();
    };
    this.#timers.set(id, kind === 'interval' ? setInterval(fire, ms) : setTimeout(fire, ms));
  }

  #clear(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#look();
  }

  /** A question that the runner answers while the code goes on. @param text about files: a line that says what, then bytes, one character each */
  #send(about: 'fetch' | 'file', id: number, text: string): void {
    this.#open += 1;
    if (about === 'fetch') writeFrame('F', `${id}\n${text}`);
    else writeFrame('D', `${id}\n${text}`, 'latin1');
    if (!this.#reads) void this.#readAnswers();
  }

  async #readAnswers(): Promise<void> {
    this.#reads = true;
    while (this.#open > 0) {
      const { kind, body } = await nextFrame();
      this.#open -= 1;
      if (this.#end !== undefined) this.#tell(kind, body);
      this.#look();
    }
    this.#reads = false;
  }

  #tell(kind: string, body: Buffer): void {
    const at = body.indexOf(LINE_END);
    const id = Number(body.toString('latin1', 0, at));
    if (kind === 'A') this.#entry.settleFetch(id, body.toString('utf8', at + 1));
    else {
      const headEnd = body.indexOf(LINE_END, at + 1);
      this.#entry.settleFile(id, body.toString('utf8', at + 1, headEnd), body.toString('latin1', headEnd + 1));
    }
  }
}
