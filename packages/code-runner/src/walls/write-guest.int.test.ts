import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeGuest } from './write-guest.ts';

describe('the program of the sandbox', () => {
  it('is written into a folder of its own, and removed', async () => {
    const { folder, remove } = await writeGuest();
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['main.cjs', 'probe.cjs', 'context.js', 'extras.js', 'python']));
    await remove();
    expect(existsSync(folder)).toBe(false);
  });

  it('takes away what a killed process left a day ago, and nothing younger', async () => {
    // No process has this number: it is above what kernels give out.
    const dead = 2 ** 30;
    const old = await mkdtemp(path.join(tmpdir(), `millwright-code-${dead}-`));
    const young = await mkdtemp(path.join(tmpdir(), `millwright-code-${dead}-`));
    await utimes(old, 0, 0);
    const { remove } = await writeGuest();
    for (let tries = 0; tries < 100 && existsSync(old); tries++)
      await new Promise((done) => {
        setTimeout(done, 20);
      });
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    await rm(young, { recursive: true });
    await remove();
  });
});
