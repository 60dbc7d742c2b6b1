import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { isJsonObject, MillwrightError, type JsonObject, type JsonValue } from '@millwright/core';
import type { GivenFiles } from '../given-files.ts';
import { LIMITS } from '../limits.ts';
import { mediaTypeOf } from '../media-types.ts';
import type { CodeFiles } from '../types.ts';

/** A file on its way into the code. */
interface Reading {
  readonly chunks: AsyncIterator<Uint8Array>;
}

/** A file on its way out of it. */
interface Making {
  readonly content: PassThrough;
  readonly handle: Promise<JsonObject>;
}

/** What the code is told: a head, and bytes where there are some. */
export type Told = readonly [head: JsonObject, bytes?: Uint8Array];

const MIME = /^[\w.+-]{1,100}\/[\w.+-]{1,100}(?:; ?[\w-]{1,40}=[\w.-]{1,100})?$/;
const NAME_CHARACTERS = 255;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NO_NAME = /[\u0000-\u001f\u007f/\\]/g;

/** Why something is refused: the code sees it, and can catch it. */
class Refused extends Error {}

/** A name without folders and control characters. */
function nameOf(given: JsonValue | undefined): string {
  const name = typeof given === 'string' ? given.replaceAll(NO_NAME, '_').slice(0, NAME_CHARACTERS) : '';
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}

/** Reads and makes files for one call: a chunk for each question, so that nothing piles up on either side. Trusts nothing that it is asked. */
export class FileDesk {
  readonly #files: CodeFiles | undefined;
  readonly #given: GivenFiles;
  readonly #open = new Map<number, Reading | Making>();
  #count = 0;
  #madeBytes = 0;

  constructor(files: CodeFiles | undefined, given: GivenFiles) {
    this.#files = files;
    this.#given = given;
  }

  /** What is under way stops, and what is not whole is not kept. */
  end(): void {
    for (const one of this.#open.values()) this.#drop(one);
    this.#open.clear();
  }

  /**
   * Answers one question.
   * @param head `{ op, stream, … }`: `read` and then `next` until it is `done`; `make`, `chunk` and `end`, which gives the handle; `close`
   */
  async answer(head: JsonValue, bytes: Uint8Array): Promise<Told> {
    try {
      if (!isJsonObject(head) || typeof head['stream'] !== 'number') throw new Refused('a question about a file has a number');
      return await this.#do(head, head['stream'], bytes);
    } catch (thrown) {
      // Errors of ours are made for people; of others nobody knows what they hold.
      if (thrown instanceof MillwrightError || thrown instanceof Refused) return [{ error: thrown.message }];
      return [{ error: 'The file could not be read or made' }];
    }
  }

  async #do(head: JsonObject, stream: number, bytes: Uint8Array): Promise<Told> {
    switch (head['op']) {
      case 'read':
        return this.#read(head['handle'], stream);
      case 'next':
        return this.#next(stream);
      case 'make':
        return this.#make(head, stream);
      case 'chunk':
        return this.#chunk(stream, bytes);
      case 'end':
        return this.#finish(stream);
      case 'close':
        return this.#close(stream);
      default:
        throw new Refused('there is no such question about a file');
    }
  }

  #opens(stream: number): CodeFiles {
    if (this.#files === undefined) throw new Refused('Files cannot be read or made here');
    if (this.#open.has(stream)) throw new Refused('that file is open already');
    if (this.#open.size >= LIMITS.filesAtOnce) throw new Refused(`More than ${LIMITS.filesAtOnce} files at a time`);
    this.#count += 1;
    if (this.#count > LIMITS.files) throw new Refused(`More than ${LIMITS.files} files in one call`);
    return this.#files;
  }

  #read(handle: JsonValue | undefined, stream: number): Told {
    const files = this.#opens(stream);
    if (handle === undefined || !this.#given.has(handle)) throw new Refused('That is no file that the code was given or made');
    this.#open.set(stream, { chunks: files.read(handle)[Symbol.asyncIterator]() });
    return [{}];
  }

  async #next(stream: number): Promise<Told> {
    const one = this.#open.get(stream);
    if (one === undefined || !('chunks' in one)) throw new Refused('that file is not open');
    // Out of the list meanwhile: a second question about the same file is refused, and one that fails leaves nothing open.
    this.#open.delete(stream);
    const { done, value } = await one.chunks.next();
    if (done === true) return [{ done: true }];
    this.#open.set(stream, one);
    return [{}, value];
  }

  #make({ fileName, mimeType }: JsonObject, stream: number): Told {
    const files = this.#opens(stream);
    const content = new PassThrough();
    content.on('error', () => undefined);
    const name = nameOf(fileName);
    const type = typeof mimeType === 'string' && MIME.test(mimeType) ? mimeType : mediaTypeOf(name);
    const handle = files.make({ fileName: name, mimeType: type, content });
    // Whoever finishes it hears it.
    handle.catch(() => undefined);
    this.#open.set(stream, { content, handle });
    return [{}];
  }

  #making(stream: number): Making {
    const one = this.#open.get(stream);
    if (one === undefined || !('content' in one)) throw new Refused('that file is not open');
    this.#open.delete(stream);
    return one;
  }

  async #chunk(stream: number, bytes: Uint8Array): Promise<Told> {
    const one = this.#making(stream);
    this.#madeBytes += bytes.length;
    if (this.#madeBytes > LIMITS.madeBytes) {
      this.#drop(one);
      throw new Refused(`More than ${LIMITS.madeBytes} bytes of files in one call`);
    }
    // Waits until the store has taken it, or has refused the file.
    try {
      if (!one.content.write(bytes)) await Promise.race([once(one.content, 'drain'), one.handle]);
    } catch (thrown) {
      this.#drop(one);
      throw thrown;
    }
    this.#open.set(stream, one);
    return [{}];
  }

  async #finish(stream: number): Promise<Told> {
    const { content, handle } = this.#making(stream);
    content.end();
    const made = await handle;
    this.#given.add(made);
    return [{ handle: made }];
  }

  #close(stream: number): Told {
    const one = this.#open.get(stream);
    this.#open.delete(stream);
    if (one !== undefined) this.#drop(one);
    return [{}];
  }

  #drop(one: Reading | Making): void {
    if ('content' in one) one.content.destroy(new Error('the code ended before the file was whole'));
    else void Promise.resolve(one.chunks.return?.()).catch(() => undefined);
  }
}
