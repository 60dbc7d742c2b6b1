import { ask, askText, setGlobal, setLazyGlobal } from './core.ts';

/** Bytes that can be read as text. */
export type Bytes = Uint8Array & { toString: (encoding?: string) => string };

/** What is used of the Buffer library. */
interface BufferLibrary {
  readonly Buffer: {
    from: (value: unknown, encoding?: string) => Bytes;
    alloc: (size: number) => Bytes;
    concat: (parts: readonly Uint8Array[]) => Bytes;
  };
}

let library: BufferLibrary | undefined;

/** Buffers of this context: a library, since Node's own shares memory between calls. */
export function buffers(): BufferLibrary {
  library ??= ask('library', 'buffer') as BufferLibrary;
  return library;
}

/** Bytes as base64 text, for the way to the harness. */
export function toBase64(value: unknown): string {
  if (typeof value === 'string') return buffers().Buffer.from(value, 'utf8').toString('base64');
  if (value instanceof ArrayBuffer) return buffers().Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value))
    return buffers()
      .Buffer.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      .toString('base64');
  throw new TypeError('Expected text or bytes');
}

/** Base64 text as bytes. */
export function fromBase64(text: string): Bytes {
  return buffers().Buffer.from(text, 'base64');
}

class GuestTextEncoder {
  readonly encoding = 'utf-8';
  encode(text: unknown = ''): Uint8Array {
    return Uint8Array.from(buffers().Buffer.from(String(text), 'utf8'));
  }
}

class GuestTextDecoder {
  readonly encoding: string;
  constructor(encoding: unknown = 'utf-8') {
    this.encoding = String(encoding).toLowerCase();
  }
  decode(bytes?: unknown): string {
    return bytes === undefined ? '' : askText('decode', this.encoding, toBase64(bytes));
  }
}

function latin1(text: string): string {
  for (let index = 0; index < text.length; index++)
    if (text.charCodeAt(index) > 255) throw new Error('btoa takes characters up to U+00FF; use Buffer.from(text).toString("base64")');
  return text;
}

/** A copy that shares nothing with the value: data, dates, maps, sets, bytes, cycles. */
function clone(value: unknown, seen = new Map<unknown, unknown>()): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('Functions and symbols cannot be cloned');
  if (typeof value !== 'object' || value === null) return value;
  const before = seen.get(value);
  if (before !== undefined) return before;
  if (value instanceof Date) return new Date(value);
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  const keep = <T>(copy: T): T => {
    seen.set(value, copy);
    return copy;
  };
  if (value instanceof Map) {
    const copy = keep(new Map());
    for (const [key, inner] of value) copy.set(clone(key, seen), clone(inner, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = keep(new Set());
    for (const inner of value) copy.add(clone(inner, seen));
    return copy;
  }
  const copy: Record<string, unknown> = keep((Array.isArray(value) ? [] : {}) as Record<string, unknown>);
  for (const [key, inner] of Object.entries(value))
    Object.defineProperty(copy, key, { value: clone(inner, seen), writable: true, enumerable: true, configurable: true });
  return copy;
}

/** Sets what texts, bytes and copies need. */
export function installText(): void {
  setLazyGlobal('Buffer', () => buffers().Buffer);
  setGlobal('TextEncoder', GuestTextEncoder);
  setGlobal('TextDecoder', GuestTextDecoder);
  setGlobal('btoa', (text: unknown) =>
    buffers()
      .Buffer.from(latin1(String(text)), 'latin1')
      .toString('base64'),
  );
  setGlobal('atob', (text: unknown) => buffers().Buffer.from(String(text), 'base64').toString('latin1'));
  setGlobal('structuredClone', (value: unknown) => clone(value));
}
