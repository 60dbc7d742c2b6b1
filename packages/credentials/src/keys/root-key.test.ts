import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRootKey } from './root-key.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'root-key-'));
  file = path.join(folder, 'data', 'root.key');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('the root key', () => {
  it('is made once, for its owner only, however many start at the same time', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, async () => loadRootKey({ file })));
    expect(new Set(keys.map((key) => key.deriveText('x'))).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(file))).toEqual(['root.key']);
    expect((await loadRootKey({ file })).deriveText('x')).toBe(keys[0]?.deriveText('x'));
  });

  it.each([0o640, 0o604, 0o620, 0o644])('a file that others may touch (%o) is refused with what to do', async (mode) => {
    await loadRootKey({ file });
    await chmod(file, mode);
    await expect(loadRootKey({ file })).rejects.toMatchObject({
      code: 'root_key_exposed',
      hint: expect.stringContaining('chmod 600') as unknown,
    });
  });

  it.each(['', 'short', Buffer.alloc(31).toString('base64'), 'not base64 at all, though it is long enough!!'])(
    'a damaged file (%j) is refused and left as it is',
    async (text) => {
      await loadRootKey({ file });
      await writeFile(file, text);
      await expect(loadRootKey({ file })).rejects.toMatchObject({ code: 'root_key_invalid' });
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('a value counts instead of the file, in base64, base64url or hex', async () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const texts = await Promise.all(
      (['base64', 'base64url', 'hex'] as const).map(async (encoding) =>
        (await loadRootKey({ file, value: bytes.toString(encoding) })).deriveText('x'),
      ),
    );
    expect(new Set(texts).size).toBe(1);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(loadRootKey({ file, value: 'abc' })).rejects.toMatchObject({
      code: 'root_key_invalid',
      message: expect.not.stringContaining('abc') as unknown,
    });
  });

  it('purposes derive unrelated secrets, and none of it can be printed', async () => {
    const value = Buffer.alloc(32, 7);
    const key = await loadRootKey({ file, value: value.toString('base64') });
    expect(key.deriveText('role:app')).not.toBe(key.deriveText('role:auth'));
    expect(key.deriveText('role:app')).toHaveLength(43);
    const printed = `${inspect(key, { depth: 9, showHidden: true })} ${JSON.stringify(key)}`;
    expect(printed).not.toContain(value.toString('hex'));
    expect(printed).not.toContain(value.toString('base64'));
  });
});
