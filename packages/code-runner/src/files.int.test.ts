import { type JsonObject, type JsonValue, UserError } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { callOf, openRunner, outcomeOf } from './testing.ts';
import type { CodeCall, CodeFiles, CodeLanguage, CodeRunner } from './types.ts';

const TEXT = 'name;city\nÄda;Köln\n';
const MIB = 1024 * 1024;
const GIVEN = { id: 'blob_0', fileName: 'in.csv', mimeType: 'text/csv' };

interface Shelf extends CodeFiles {
  /** What was made, whole. */
  readonly made: { readonly fileName: string; readonly mimeType: string; readonly bytes: Buffer }[];
  /** How many were begun and ended with an error. */
  readonly broken: unknown[];
  /** Handles that were read. */
  readonly reads: JsonValue[];
  /** Chunks given out. */
  chunks: number;
}

/** A store in memory. @param size the file that there is: its text, or so many bytes in pieces of a MiB */
function shelf(size?: number): Shelf {
  const kept: Shelf = {
    made: [],
    broken: [],
    reads: [],
    chunks: 0,
    read: async function* (handle) {
      kept.reads.push(handle);
      if (size === undefined) {
        yield Buffer.from(TEXT);
        return;
      }
      for (let at = 0; at < size; at += MIB) {
        kept.chunks += 1;
        yield Buffer.alloc(Math.min(MIB, size - at), 97);
      }
    },
    make: async ({ fileName, mimeType, content }): Promise<JsonObject> => {
      const parts: Uint8Array[] = [];
      try {
        for await (const part of content) parts.push(part);
      } catch (thrown) {
        kept.broken.push(thrown);
        throw thrown;
      }
      kept.made.push({ fileName, mimeType, bytes: Buffer.concat(parts) });
      return { id: `blob_${kept.made.length}`, fileName, mimeType };
    },
  };
  return kept;
}

describe.each(['javascript', 'python'] as const)('files in %s', (language: CodeLanguage) => {
  let runner: CodeRunner;
  beforeAll(async () => {
    runner = await openRunner({ spares: 0 });
  });
  afterAll(async () => {
    await runner.close();
  });
  const isSkipped = (): boolean => language === 'python' && !runner.status().python;
  const items = [{ json: { n: 1 }, files: { data: GIVEN } }];
  const call = (code: { readonly js: string; readonly py: string }, files: CodeFiles | undefined, more: Partial<CodeCall> = {}): CodeCall =>
    callOf(language === 'python' ? code.py : code.js, { language, items, ...(files === undefined ? {} : { files }), ...more });
  const valueOf = async (one: CodeCall): Promise<unknown> => (await runner.run(one)).items[0]?.json['value'];

  it('are read whole, as bytes and as text, and by the names that n8n has for it', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const code = {
      js: "const buffer = await this.helpers.getBinaryDataBuffer(0, 'data'); return { value: [await $files.text(items[0].files.data), buffer.toString('base64'), buffer.length] }",
      py: "item = _input.first()\nreturn {'value': [_files.text(item.files.data), item['binary']['data']['data'], len(_files.bytes(item['files']['data']))]}",
    };
    const bytes = Buffer.from(TEXT);
    expect(await valueOf(call(code, kept))).toEqual([TEXT, bytes.toString('base64'), bytes.length]);
    expect(kept.reads[0]).toEqual(GIVEN);
  });

  it('are read piece by piece, no more than is asked for', async () => {
    if (isSkipped()) return;
    const kept = shelf(64 * MIB);
    const code = {
      js: 'let size = 0; for await (const part of $files.chunks(items[0].files.data)) { size += part.length; if (size >= 3 * 1048576) break; } return { value: size }',
      py: "size = 0\nfor part in _files.chunks(_items[0].files.data):\n  size += len(part)\n  if size >= 3 * 1048576:\n    break\nreturn {'value': size}",
    };
    expect(await valueOf(call(code, kept))).toBe(3 * MIB);
    expect(kept.chunks).toBe(3);
  });

  it('are made of text, of bytes and of pieces, and go out by their handles', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const code = {
      js: `async function* pieces() { for (let n = 0; n < 3; n++) yield new Uint8Array(1048576).fill(n); yield 'Ü'; }
        const files = { a: await $files.make('Grüße', { fileName: 'a.txt' }), b: await $files.make(new Uint8Array([0, 255, 10]), { fileName: 'b/../ü.png' }), c: await $files.make(pieces(), { mimeType: 'video/mp4' }) };
        return { json: { again: await $files.text(files.a) }, files }`,
      py: `def pieces():
  for n in range(3):
    yield bytes([n]) * 1048576
  yield 'Ü'
files = {'a': _files.make('Grüße', 'a.txt'), 'b': _files.make(bytes([0, 255, 10]), 'b/../ü.png'), 'c': _files.make(pieces(), mime_type='video/mp4')}
return {'json': {'again': _files.text(files['a'])}, 'files': files}`,
    };
    const { items: out } = await runner.run(call(code, kept));
    expect(out[0]).toMatchObject({
      json: { again: TEXT },
      files: {
        a: { id: 'blob_1', fileName: 'a.txt', mimeType: 'text/plain' },
        b: { id: 'blob_2', fileName: 'b_.._ü.png', mimeType: 'image/png' },
        c: { id: 'blob_3', fileName: 'file', mimeType: 'video/mp4' },
      },
    });
    expect(kept.made.map(({ bytes }) => [bytes.length, bytes.at(-1)])).toEqual([
      [7, 101],
      [3, 10],
      [3 * MIB + 2, 0x9c],
    ]);
    expect(kept.made[1]?.bytes).toEqual(Buffer.from([0, 255, 10]));
  });

  it('that a result holds as base64, as programs of n8n write it, become files; a file that came in goes on beside them', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const code = {
      js: "return $input.all().map((item) => ({ json: {}, binary: { ...item.binary, report: { data: Buffer.from('Hi').toString('base64'), mimeType: 'text/html', fileName: 'r.html' } } }))",
      py: "import base64\nreturn [{'json': {}, 'binary': {**item['binary'], 'report': {'data': base64.b64encode(b'Hi').decode(), 'mimeType': 'text/html', 'fileName': 'r.html'}}} for item in _items]",
    };
    const { items: out } = await runner.run(call(code, kept));
    expect(out[0]?.files).toEqual({ data: GIVEN, report: { id: 'blob_1', fileName: 'r.html', mimeType: 'text/html' } });
    expect(kept.made).toEqual([{ fileName: 'r.html', mimeType: 'text/html', bytes: Buffer.from('Hi') }]);
  });

  it('that were not given cannot be read, whatever their handle looks like', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const code = {
      js: "return { value: await $files.text({ ...items[0].files.data, id: 'blob_9' }).catch((fault) => fault.message) }",
      py: "try:\n  _files.text({**_items[0].files.data, 'id': 'blob_9'})\nexcept Exception as fault:\n  return {'value': str(fault)}",
    };
    expect(await valueOf(call(code, kept))).toMatch(/no file that the code was given/);
    expect(kept.reads).toEqual([]);
  });

  it('are not kept when the code ends before they are whole', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const code = {
      js: "async function* pieces() { yield 'a'; throw new Error('half') } await $files.make(pieces(), {})",
      py: "def pieces():\n  yield 'a'\n  raise ValueError('half')\n_files.make(pieces())",
    };
    expect(await outcomeOf(runner, call(code, kept))).toMatchObject({
      code: 'code_failed',
      message: expect.stringContaining('half') as string,
    });
    expect(kept.made).toEqual([]);
    expect(kept.broken).toHaveLength(1);
  });

  it('say in words what the store says, and nothing of errors that are not ours', async () => {
    if (isSkipped()) return;
    const code = { js: "await $files.make('x', {})", py: "_files.make('x')" };
    const full = { ...shelf(), make: () => Promise.reject(new UserError('tooLarge', { code: 'file_too_large', message: 'too much' })) };
    expect(await outcomeOf(runner, call(code, full))).toMatchObject({ message: expect.stringContaining('too much') as string });
    const secret = { ...shelf(), make: () => Promise.reject(new Error('secret-token')) };
    const outcome = await outcomeOf(runner, call(code, secret));
    expect(outcome).toMatchObject({ code: 'code_failed' });
    expect(JSON.stringify(outcome)).not.toContain('secret-token');
    expect(await outcomeOf(runner, call(code, undefined))).toMatchObject({ code: 'code_failed' });
  });

  it('are bounded: in number, and in what one call makes', async () => {
    if (isSkipped()) return;
    const kept = shelf();
    const many = {
      js: "for (let n = 0; n < 200; n++) await $files.make('x', {})",
      py: "for n in range(200):\n  _files.make('x')",
    };
    expect(await outcomeOf(runner, call(many, kept))).toMatchObject({ code: 'code_failed' });
    expect(kept.made).toHaveLength(LIMITS.files);
    let taken = 0;
    const counting: CodeFiles = {
      ...shelf(),
      make: async ({ content }) => {
        for await (const part of content) taken += part.length;
        return { id: 'never' };
      },
    };
    const endless = {
      js: 'const part = new Uint8Array(1048576); function* pieces() { for (;;) yield part } await $files.make(pieces(), {})',
      py: 'part = bytes(1048576)\ndef pieces():\n  while True:\n    yield part\n_files.make(pieces())',
    };
    const outcome = await outcomeOf(runner, call(endless, counting, { timeoutMs: 120_000 }));
    expect(outcome).toMatchObject({ code: 'code_failed', message: expect.stringContaining('bytes of files in one call') as string });
    expect(taken).toBeLessThanOrEqual(LIMITS.madeBytes);
  });

  it('that are larger than memory should hold are not read whole', async () => {
    if (isSkipped()) return;
    const code = {
      js: 'return { value: await $files.bytes(items[0].files.data).catch((fault) => fault.message) }',
      py: "try:\n  _files.bytes(_items[0].files.data)\nexcept Exception as fault:\n  return {'value': str(fault)}",
    };
    expect(await valueOf(call(code, shelf(40 * MIB)))).toMatch(/more than 33554432 bytes/);
  });
});

describe('files in JavaScript', () => {
  it('are read and made side by side, beside requests, and each answer finds its question', async () => {
    const runner = await openRunner({ bwrap: null, spares: 0 });
    try {
      const source = `const [a, b, response] = await Promise.all([$files.make('one', { fileName: 'a.txt' }), $files.text(items[0].files.data), fetch('http://a.test/')]);
        return { json: { b, body: await response.text() }, files: { a } }`;
      const fetch = async () => ({ status: 200, headers: {}, url: '', body: Buffer.from('web') });
      const { items } = await runner.run(callOf(source, { items: [{ json: {}, files: { data: GIVEN } }], files: shelf(), fetch }));
      expect(items).toMatchObject([{ json: { b: TEXT, body: 'web' }, files: { a: { fileName: 'a.txt' } } }]);
    } finally {
      await runner.close();
    }
  });

  it('are no text under the name that n8n has for their base64, and that says how to read them', async () => {
    const runner = await openRunner({ bwrap: null, spares: 0 });
    try {
      const call = callOf("return { a: Buffer.from(items[0].binary.data.data, 'base64').length }", {
        items: [{ json: {}, files: { data: GIVEN } }],
      });
      expect(await outcomeOf(runner, call)).toMatchObject({
        code: 'code_failed',
        message: expect.stringContaining('getBinaryDataBuffer') as string,
      });
    } finally {
      await runner.close();
    }
  });
});
