import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MillwrightError } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { temporaryFolder } from '../testing/fixture.ts';
import { identify } from '../children/process-identity.ts';
import { databasePassword, openDataDir, rememberedPorts, type DataDir } from './data-dir.ts';
import { explainDiskFault } from './disk-faults.ts';
import { stopLeftOvers } from './left-overs.ts';
import { lockHolder, takeLock } from './lock.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let dataDir: DataDir;
beforeEach(async () => {
  folder = await temporaryFolder();
  dataDir = await openDataDir(folder.path);
});
afterEach(async () => folder.remove());

describe('the lock of an install', () => {
  it('has one holder at a time, and says where it answers', async () => {
    const lock = await takeLock(dataDir.lockFile, 'http://127.0.0.1:4400');
    await expect(takeLock(dataDir.lockFile, 'other')).rejects.toMatchObject({
      code: 'already_running',
      message: expect.stringContaining('http://127.0.0.1:4400'),
    });
    expect(await lockHolder(dataDir.lockFile)).toMatchObject({ pid: process.pid });
    await lock.release();
    await (await takeLock(dataDir.lockFile, 'other')).release();
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1', address: 'x' })],
    ['of a process whose number another one has now', JSON.stringify({ pid: process.pid, startedAt: 'earlier', address: 'x' })],
    ['that was cut off half-way', '{"pid":1'],
    ['that is empty', ''],
  ])('is taken over when it is one %s', async (_kind, text) => {
    await writeFile(dataDir.lockFile, text);
    expect(await lockHolder(dataDir.lockFile)).toBeUndefined();
    const lock = await takeLock(dataDir.lockFile, 'mine');
    expect(await lockHolder(dataDir.lockFile)).toMatchObject({ address: 'mine' });
    await lock.release();
  });

  it('goes to one of many who find it stale at once', async () => {
    await writeFile(dataDir.lockFile, '');
    const takers = await Promise.allSettled(Array.from({ length: 8 }, async () => takeLock(dataDir.lockFile, 'mine')));
    expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('what an install remembers', () => {
  it('is its database password, readable by its owner only', async () => {
    const first = await databasePassword(dataDir);
    expect((await databasePassword(dataDir)).reveal()).toBe(first.reveal());
    expect((await stat(join(folder.path, 'postgres.password'))).mode & 0o777).toBe(0o600);
  });

  it('is its ports, as long as nobody else took one', async () => {
    const first = await rememberedPorts(dataDir, 3);
    expect(await rememberedPorts(dataDir, 3)).toEqual(first);
    const taker = createServer();
    await new Promise<void>((resolve) => {
      taker.listen(first[1], '127.0.0.1', resolve);
    });
    expect(await rememberedPorts(dataDir, 3)).not.toContain(first[1]);
    await new Promise((resolve) => {
      taker.close(resolve);
    });
  });

  it('survives a file of ports that cannot be read', async () => {
    await writeFile(join(folder.path, 'ports.json'), '{"ports":');
    expect(await rememberedPorts(dataDir, 2)).toHaveLength(2);
  });
});

describe('what a former start left running', () => {
  const log = createLogger({ level: 'silent', name: 'test' });

  it('is stopped', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const gone = new Promise((resolve) => {
      child.once('exit', (_code, signal) => {
        resolve(signal);
      });
    });
    const identity = identify(child.pid ?? 0);
    await writeFile(dataDir.childrenFile, JSON.stringify([{ ...identity, name: 'temporal', stopSignal: 'SIGTERM', graceMs: 1_000 }]));
    await stopLeftOvers(dataDir.childrenFile, log);
    expect(await gone).toBe('SIGTERM');
  });

  it('is not mistaken for a program that has its number now', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    await writeFile(
      dataDir.childrenFile,
      JSON.stringify([{ pid: child.pid, startedAt: 'earlier', name: 'temporal', stopSignal: 'SIGTERM', graceMs: 1_000 }]),
    );
    await stopLeftOvers(dataDir.childrenFile, log);
    expect(identify(child.pid ?? 0)).toBeDefined();
    child.kill('SIGKILL');
  });

  it('is told to end at once when it is a database whose last checkpoint takes long, and so takes its own children with it', async () => {
    const child = spawn('sh', ['-c', 'trap "" INT; echo ready; sleep 60 & wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    const identity = identify(child.pid ?? 0);
    await writeFile(dataDir.childrenFile, JSON.stringify([{ ...identity, name: 'postgres', stopSignal: 'SIGINT', graceMs: 300 }]));
    await stopLeftOvers(dataDir.childrenFile, log);
    expect(await gone).toEqual([null, 'SIGQUIT']);
  });

  it('may be written down in a file that cannot be read', async () => {
    await writeFile(dataDir.childrenFile, '[{"pid":');
    await expect(stopLeftOvers(dataDir.childrenFile, log)).resolves.toBeUndefined();
    await rm(dataDir.childrenFile);
    await expect(stopLeftOvers(dataDir.childrenFile, log)).resolves.toBeUndefined();
  });
});

describe('a disk that refuses', () => {
  it.each(['ENOSPC', 'EROFS', 'EACCES', 'ENOTDIR'])('becomes a sentence with what to do (%s)', (code) => {
    const explained = explainDiskFault('/data', Object.assign(new Error('raw'), { code, syscall: 'open' }));
    expect(explained).toMatchObject({
      code: 'data_dir_unusable',
      message: expect.stringContaining('/data cannot be used'),
      hint: expect.stringContaining('MILLWRIGHT_DATA'),
    });
  });

  it('is recognised in the words of a program', () => {
    const failed = new MillwrightError({
      code: 'program_failed',
      message: 'initdb failed',
      details: { output: 'could not write: No space left on device' },
    });
    expect(explainDiskFault('/data', failed)).toMatchObject({ code: 'data_dir_unusable', message: expect.stringContaining('full') });
  });

  it('leaves other errors alone', async () => {
    const other = new Error('other');
    expect(explainDiskFault('/data', other)).toBe(other);
    expect(await readFile(join(folder.path, '.writable'), 'utf8')).toBe('');
  });
});
