import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@millwright/testing';
import { expect, it } from 'vitest';
import { watchSources } from './watch-sources.ts';

it('a file deep in a folder that is new is seen, and so is each later change of it; tests are not', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'millwright-watch-'));
  let calls = 0;
  const stop = await watchSources([folder], async () => void (calls += 1));
  try {
    await mkdir(path.join(folder, 'acme/src/actions'), { recursive: true });
    const file = path.join(folder, 'acme/src/actions/get.ts');
    await writeFile(file, 'one');
    await eventually(() => calls === 1);
    await writeFile(path.join(folder, 'acme/src/get.test.ts'), 'a test');
    await writeFile(file, 'another');
    await eventually(() => calls === 2);
    await rm(path.join(folder, 'acme'), { recursive: true });
    await eventually(() => calls === 3);
    expect(calls).toBe(3);
  } finally {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
});
