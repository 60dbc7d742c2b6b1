import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MillwrightError } from '@millwright/core';
import { createLogger, findFreePorts, runProgram } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';
import { obtainTemporalServer } from './obtain.ts';
import { releaseArchiveName } from './release-archive.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const BASE = `/v${TEMPORAL_VERSION}`;
let folder: string;
let host: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-obtain-'));
  await mkdir(join(folder, 'bin'));
});
afterEach(async () => {
  host?.closeAllConnections();
  host?.close();
  host = undefined;
  await rm(folder, { recursive: true, force: true });
});

const cacheDir = (): string => join(folder, 'cache');

/** A stand-in for the release host: serves these files, 404 otherwise. */
async function serve(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  host = server;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
}

async function releaseFiles(entries: Readonly<Record<string, string>>): Promise<Record<string, string | Buffer>> {
  const source = join(folder, 'release');
  await mkdir(source);
  for (const [name, text] of Object.entries(entries)) await writeFile(join(source, name), text);
  const name = releaseArchiveName();
  await runProgram({
    name: 'tar',
    file: 'tar',
    args: ['-czf', join(folder, name), ...Object.keys(entries)],
    env: { PATH: process.env['PATH'] },
    cwd: source,
  });
  const archive = await readFile(join(folder, name));
  const sum = createHash('sha256').update(archive).digest('hex');
  return { [`${BASE}/${name}`]: archive, [`${BASE}/checksums.txt`]: `${'0'.repeat(64)}  other.tar.gz\n${sum}  ${name}\n` };
}

const RELEASE = { 'temporal-server': 'released server', 'temporal-sql-tool': 'released tool', tdbg: 'another', LICENSE: 'MIT' };

/** A `go` that writes what `go install` would, or fails half-way. */
async function fakeGo(fails = false): Promise<void> {
  const script = `#!/bin/sh
echo "$@" > "${folder}/go-args"; echo "$CGO_ENABLED" >> "${folder}/go-args"
printf 'compiled server' > "$GOBIN/server"
echo go.temporal.io/server/common >&2
${fails ? 'echo "disk trouble" >&2; exit 1' : ''}
printf 'compiled tool' > "$GOBIN/sql"
`;
  await writeFile(join(folder, 'bin/go'), script);
  await chmod(join(folder, 'bin/go'), 0o755);
}

interface Seen {
  readonly notes: string[];
}

async function obtain(mirror: string, seen: Seen = { notes: [] }) {
  const env = { PATH: `${join(folder, 'bin')}:${await onlyTools()}`, HOME: folder };
  return obtainTemporalServer({ cacheDir: cacheDir(), mirror, env, log, onProgress: (note) => seen.notes.push(note) });
}

/** A PATH with `tar` and a shell but surely without a Go of this machine. */
async function onlyTools(): Promise<string> {
  const tools = join(folder, 'tools');
  await mkdir(tools, { recursive: true });
  for (const name of ['tar', 'gzip', 'sh', 'echo', 'printf']) {
    await writeFile(join(tools, name), `#!/bin/sh\nPATH=/usr/bin:/bin exec /usr/bin/env ${name} "$@"\n`);
    await chmod(join(tools, name), 0o755);
  }
  return tools;
}

async function contents(): Promise<Record<string, string>> {
  const names = await readdir(cacheDir());
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(cacheDir(), name), 'utf8')] as const)));
}

async function unreachable(): Promise<string> {
  const [port = 0] = await findFreePorts(1);
  return `http://127.0.0.1:${port}`;
}

describe('obtaining the Temporal server', () => {
  it('takes the official archive when its checksum is right, and keeps the two programs only', async () => {
    const found = await obtain(await serve(await releaseFiles(RELEASE)));
    expect(found).toEqual({
      server: join(cacheDir(), 'temporal-server'),
      sqlTool: join(cacheDir(), 'temporal-sql-tool'),
      source: 'archive',
    });
    expect(await contents()).toEqual({ 'temporal-server': 'released server', 'temporal-sql-tool': 'released tool' });
  });

  it('takes the cache before anything else', async () => {
    await mkdir(cacheDir(), { recursive: true });
    for (const name of ['temporal-server', 'temporal-sql-tool']) await writeFile(join(cacheDir(), name), 'cached', { mode: 0o755 });
    expect((await obtain(await unreachable())).source).toBe('cache');
  });

  it('takes both programs on PATH when they are of this version', async () => {
    for (const name of ['temporal-server', 'temporal-sql-tool']) {
      await writeFile(join(folder, 'bin', name), `#!/bin/sh\necho "${name} version ${TEMPORAL_VERSION}"\n`, { mode: 0o755 });
    }
    expect(await obtain(await unreachable())).toMatchObject({ source: 'path', server: join(folder, 'bin/temporal-server') });
  });

  it('does not take programs of another version on PATH', async () => {
    for (const name of ['temporal-server', 'temporal-sql-tool']) {
      await writeFile(join(folder, 'bin', name), `#!/bin/sh\necho "${name} version 1.20.0"\n`, { mode: 0o755 });
    }
    await expect(obtain(await unreachable())).rejects.toMatchObject({ code: 'temporal_unavailable' });
  });
});

describe('an archive', () => {
  it('is refused with a wrong checksum, and none of it is kept', async () => {
    const files = await releaseFiles(RELEASE);
    const mirror = await serve({ ...files, [`${BASE}/checksums.txt`]: `${'a'.repeat(64)}  ${releaseArchiveName()}\n` });
    const failure: unknown = await obtain(mirror).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(MillwrightError);
    expect(failure).toMatchObject({ code: 'temporal_unavailable', message: expect.stringContaining('the release says') });
    expect(await contents()).toEqual({});
  });

  it('is refused when it lacks one of the programs', async () => {
    await expect(obtain(await serve(await releaseFiles({ 'temporal-server': 'only this' })))).rejects.toMatchObject({
      code: 'temporal_unavailable',
    });
    expect(await contents()).toEqual({});
  });
});

describe('without an archive', () => {
  it('the server is compiled with Go, and progress is shown', async () => {
    await fakeGo();
    const seen: Seen = { notes: [] };
    expect((await obtain(await unreachable(), seen)).source).toBe('go');
    expect(await contents()).toEqual({ 'temporal-server': 'compiled server', 'temporal-sql-tool': 'compiled tool' });
    expect(await readFile(join(folder, 'go-args'), 'utf8')).toBe(
      `install -v go.temporal.io/server/cmd/server@v${TEMPORAL_VERSION} go.temporal.io/server/cmd/tools/sql@v${TEMPORAL_VERSION}\n0\n`,
    );
    expect(seen.notes).toContain('compiling, 1 packages');
  });

  it('an attempt that broke off does no harm', async () => {
    await fakeGo(true);
    await expect(obtain(await unreachable())).rejects.toMatchObject({ code: 'temporal_unavailable' });
    expect(await contents()).toEqual({});
    await fakeGo();
    expect((await obtain(await unreachable())).source).toBe('go');
  });

  it('takes the same archive when a second install races it', async () => {
    const mirror = await serve(await releaseFiles(RELEASE));
    const found = await Promise.all([obtain(mirror), obtain(mirror)]);
    expect(found.map(({ server }) => server)).toEqual([join(cacheDir(), 'temporal-server'), join(cacheDir(), 'temporal-server')]);
    expect(await contents()).toEqual({ 'temporal-server': 'released server', 'temporal-sql-tool': 'released tool' });
  });

  it('and without Go, the three ways are named', async () => {
    const failure = await obtain(await unreachable()).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'temporal_unavailable',
      hint: expect.stringMatching(/TEMPORAL_ADDRESS.*on PATH.*MILLWRIGHT_TEMPORAL_MIRROR.*install Go/),
    });
  });
});
