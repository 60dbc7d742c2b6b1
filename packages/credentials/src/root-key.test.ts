import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRootKey, RootKey } from './root-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'root-key-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('the root key', () => {
  it('is made once, for its owner only, and found again', async () => {
    const first = await loadRootKey(folder);
    expect((await stat(path.join(folder, 'root.key'))).mode & 0o777).toBe(0o600);
    expect((await loadRootKey(folder)).derive('x')).toBe(first.derive('x'));
  });

  it('is one key for processes that start together', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadRootKey(folder)));
    expect(new Set(keys.map((key) => key.derive('x'))).size).toBe(1);
  });

  it('is refused when others may read it', async () => {
    await loadRootKey(folder);
    await chmod(path.join(folder, 'root.key'), 0o644);
    await expect(loadRootKey(folder)).rejects.toMatchObject({ code: 'root_key_readable', hint: expect.stringContaining('chmod 600') });
  });

  it('is refused when the file holds something else', async () => {
    await writeFile(path.join(folder, 'root.key'), 'hello', { mode: 0o600 });
    await expect(loadRootKey(folder)).rejects.toMatchObject({ code: 'root_key_invalid' });
  });

  it('comes from the environment where it is given', async () => {
    const text = Buffer.alloc(32, 7).toString('base64');
    expect((await loadRootKey(folder, text)).derive('x')).toBe(new RootKey(Buffer.alloc(32, 7)).derive('x'));
    await expect(loadRootKey(folder, 'short')).rejects.toMatchObject({ code: 'root_key_invalid' });
  });

  it('derives secrets that share nothing', () => {
    const key = new RootKey(Buffer.alloc(32, 1));
    expect(key.derive('a')).not.toBe(key.derive('b'));
    expect(key.derive('a')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('opens what it wrapped, for the same binding only', () => {
    const key = new RootKey(Buffer.alloc(32, 1));
    const wrapped = key.wrap(Buffer.alloc(32, 9), 'ws_a');
    expect(Buffer.from(key.unwrap(wrapped, 'ws_a'))).toEqual(Buffer.alloc(32, 9));
    expect(() => key.unwrap(wrapped, 'ws_b')).toThrow(expect.objectContaining({ code: 'root_key_wrong' }));
    expect(() => new RootKey(Buffer.alloc(32, 2)).unwrap(wrapped, 'ws_a')).toThrow(expect.objectContaining({ code: 'root_key_wrong' }));
  });

  it('prints nothing of itself', async () => {
    const key = await loadRootKey(folder);
    const text = (await readFile(path.join(folder, 'root.key'), 'utf8')).trim();
    expect(`${inspect(key, { depth: 9, showHidden: true })} ${JSON.stringify(key)}`).not.toContain(text);
  });
});
