import { ask, asText, failure, setGlobal } from './core.ts';
import { state } from './state.ts';
import { buffers, type Bytes } from './text.ts';

interface Answer {
  readonly head: { readonly error?: string; readonly done?: boolean; readonly handle?: Record<string, unknown> };
  readonly bytes: string;
}

interface Settle {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: Error) => void;
}

/** How a file that code makes is called. */
interface Named {
  readonly fileName?: unknown;
  readonly mimeType?: unknown;
}

/** The largest piece that crosses at a time, in bytes; the store's own. */
const CHUNK_BYTES = 1024 * 1024;
/** What is read whole at most: it is in memory twice for a moment. */
const WHOLE_BYTES = 32 * 1024 * 1024;
const CHARACTERS_AT_ONCE = 8192;

const open = new Map<number, Settle>();
let lastId = 0;
let lastStream = 0;

const { fromCharCode } = String;
const { apply } = Reflect;

/** Bytes as text, one character each: only texts cross to the harness. */
function toCharacters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARACTERS_AT_ONCE)
    text += apply(fromCharCode, undefined, bytes.subarray(at, at + CHARACTERS_AT_ONCE));
  return text;
}

function fromCharacters(text: string): Bytes {
  const bytes = buffers().Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Called by the harness with the runner's answer. */
export function settleFile(id: number, headText: string, bytes: string): void {
  const settle = open.get(id);
  open.delete(id);
  const head = JSON.parse(headText) as Answer['head'];
  if (head.error === undefined) settle?.resolve({ head, bytes });
  else settle?.reject(new Error(head.error));
}

/** Asks the runner. Characters beyond ASCII are written out: the text is bytes on its way. */
async function tell(head: object, bytes = ''): Promise<Answer> {
  lastId += 1;
  const id = lastId;
  const line = JSON.stringify(head).replaceAll(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new Promise((resolve, reject) => {
    open.set(id, { resolve, reject });
    ask('file', id, `${line}\n${bytes}`);
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A file, piece by piece: never whole in memory. */
async function* chunks(file: unknown): AsyncGenerator<Bytes> {
  if (!isObject(file)) throw new TypeError('Expected a file, such as $input.first().files.data');
  lastStream += 1;
  const stream = lastStream;
  let isDone = false;
  await tell({ op: 'read', stream, handle: file });
  try {
    for (;;) {
      const { head, bytes } = await tell({ op: 'next', stream });
      isDone = head.done === true;
      if (isDone) return;
      yield fromCharacters(bytes);
    }
  } finally {
    if (!isDone) await tell({ op: 'close', stream });
  }
}

async function whole(file: unknown): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of chunks(file)) {
    parts.push(part);
    size += part.length;
    if (size > WHOLE_BYTES)
      throw new Error(`The file has more than ${WHOLE_BYTES} bytes: read it with for await (const part of $files.chunks(file))`);
  }
  return buffers().Buffer.concat(parts);
}

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return buffers().Buffer.from(value, 'utf8');
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError('A file is made of text, bytes, or something that gives them piece by piece');
}

const isPieces = (value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof ArrayBuffer) &&
  (Symbol.asyncIterator in value || Symbol.iterator in value);

async function write(stream: number, piece: unknown): Promise<void> {
  const bytes = bytesOf(piece);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    await tell({ op: 'chunk', stream }, toCharacters(bytes.subarray(at, at + CHUNK_BYTES)));
}

async function make(content: unknown, { fileName, mimeType }: Named = {}): Promise<Record<string, unknown>> {
  const isText = typeof content === 'string';
  const name = fileName === undefined || fileName === null ? (isText ? 'file.txt' : 'file') : asText(fileName);
  lastStream += 1;
  const stream = lastStream;
  await tell({
    op: 'make',
    stream,
    fileName: name,
    ...(mimeType === undefined || mimeType === null ? {} : { mimeType: asText(mimeType) }),
  });
  try {
    if (isPieces(content)) for await (const piece of content) await write(stream, piece);
    else await write(stream, content);
  } catch (thrown) {
    await tell({ op: 'close', stream });
    throw thrown;
  }
  const { head } = await tell({ op: 'end', stream });
  return head.handle ?? {};
}

/** A file of an item by its name, or the file itself. */
function fileOf(index: unknown, name: unknown): unknown {
  if (isObject(name)) return name;
  const { files } = state.items[Number(index)] ?? {};
  const found = isObject(files) && Object.hasOwn(files, asText(name)) ? files[asText(name)] : undefined;
  if (found !== undefined) return found;
  const known = isObject(files) ? Object.keys(files).join(', ') : '';
  throw failure('code_failed', `Item ${asText(index)} has no file "${asText(name)}"${known === '' ? '' : `; there is: ${known}`}`);
}

/** n8n's names for it, in `this.helpers`. */
export const fileHelpers = {
  getBinaryDataBuffer: async (index: unknown, name: unknown): Promise<Bytes> => whole(fileOf(index, name)),
  assertBinaryData: (index: unknown, name: unknown): unknown => fileOf(index, name),
  prepareBinaryData: async (content: unknown, fileName?: unknown, mimeType?: unknown): Promise<unknown> =>
    make(content, { fileName, mimeType }),
};

/** Makes files of what n8n's programs write as `{ data: '<base64>', fileName, mimeType }`. */
export async function keepInline(files: unknown): Promise<void> {
  if (!isObject(files)) return;
  for (const [name, file] of Object.entries(files)) {
    if (!isObject(file) || 'id' in file || typeof file['data'] !== 'string') continue;
    files[name] = await make(buffers().Buffer.from(file['data'], 'base64'), file);
  }
}

/** What n8n's items hold as base64 is read when it is asked for: a promise, where n8n has the text. Says so to who takes it for that. */
function explainData(file: unknown): void {
  if (!isObject(file) || 'data' in file) return;
  Object.defineProperty(file, 'data', {
    configurable: true,
    enumerable: false,
    get() {
      throw failure(
        'code_failed',
        "What is in a file is read with: await this.helpers.getBinaryDataBuffer(0, 'data'), or await $files.bytes(file)",
      );
    },
    set(value: unknown) {
      Object.defineProperty(file, 'data', { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/** Sets `$files`; content goes over the runner's pipe, piece by piece. */
export function installFiles(): void {
  setGlobal('$files', {
    bytes: whole,
    text: async (file: unknown): Promise<string> => (await whole(file)).toString('utf8'),
    chunks,
    make,
  });
  for (const { files } of state.items) if (isObject(files)) for (const file of Object.values(files)) explainData(file);
}
