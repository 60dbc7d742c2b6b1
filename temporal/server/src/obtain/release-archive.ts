import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MillwrightError, TransientError } from '@millwright/core';
import { runProgram, type Environment } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';
import { inWorkFolder, placeBinaries, SERVER_FILE, SQL_TOOL_FILE } from './binaries.ts';

/** Where the Temporal project publishes its releases. Below it: `v<version>/<file>`. */
export const TEMPORAL_RELEASES = 'https://github.com/temporalio/temporal/releases/download';

/** Where to fetch from, where to put it, and whom to tell. */
export interface ArchiveFetch {
  readonly cacheDir: string;
  /** A host that serves what `TEMPORAL_RELEASES` serves, under the same paths. */
  readonly mirror: string;
  readonly env: Environment;
  readonly onProgress: (note: string) => void;
  readonly signal?: AbortSignal;
}

const ANSWER_TIMEOUT_MS = 5_000;
const STALL_TIMEOUT_MS = 30_000;
const CHECKSUMS_MAX_BYTES = 64 * 1024;

/** The archive's name for a machine, by the names that Node gives systems and processors. */
export function releaseArchiveName(system: string = platform(), processor: string = arch()): string {
  return `temporal_${TEMPORAL_VERSION}_${system}_${processor === 'x64' ? 'amd64' : processor}.tar.gz`;
}

/**
 * Fetches the official release archive, checks it against the release's `checksums.txt` (SHA-256) and places both programs in the cache.
 * @throws TransientError `temporal_download_failed` when the host does not answer within seconds, refuses, or stalls
 * @throws MillwrightError `temporal_checksum_wrong` when the bytes are not what the release says; nothing is kept
 */
export async function fetchReleaseArchive(options: ArchiveFetch): Promise<void> {
  const base = `${options.mirror.replace(/\/+$/, '')}/v${TEMPORAL_VERSION}`;
  const name = releaseArchiveName();
  const expected = await publishedChecksum(`${base}/checksums.txt`, name, options.signal);
  await inWorkFolder(options.cacheDir, async (folder) => {
    const archive = join(folder, name);
    const actual = await download(`${base}/${name}`, archive, options);
    if (actual !== expected) {
      throw new MillwrightError({
        code: 'temporal_checksum_wrong',
        message: `${base}/${name} has SHA-256 ${actual}, the release says ${expected}`,
        hint: 'The download was not used. Try again, or check the mirror that MILLWRIGHT_TEMPORAL_MIRROR names.',
      });
    }
    options.onProgress('unpacking');
    await runProgram(
      { name: 'tar', file: 'tar', args: ['-xzf', name], env: { PATH: options.env['PATH'] }, cwd: folder },
      undefined,
      options.signal,
    );
    await placeBinaries(options.cacheDir, { server: await unpacked(folder, SERVER_FILE), sqlTool: await unpacked(folder, SQL_TOOL_FILE) });
  });
}

async function unpacked(folder: string, name: string): Promise<string> {
  const entry = (await readdir(folder, { recursive: true, withFileTypes: true })).find((file) => file.isFile() && file.name === name);
  if (entry !== undefined) return join(entry.parentPath, entry.name);
  throw new MillwrightError({ code: 'temporal_archive_incomplete', message: `The release archive holds no ${name}` });
}

async function publishedChecksum(url: string, name: string, signal: AbortSignal | undefined): Promise<string> {
  const { response } = await request(url, signal);
  const text = (await response.text()).slice(0, CHECKSUMS_MAX_BYTES);
  const line = text
    .split('\n')
    .map((entry) => entry.trim().split(/\s+\*?/))
    .find(([, file]) => file === name);
  if (line?.[0] !== undefined && /^[0-9a-f]{64}$/i.test(line[0])) return line[0].toLowerCase();
  throw new TransientError({ code: 'temporal_download_failed', message: `${url} says nothing about ${name}` });
}

/** Asks, and gives up when no answer began within seconds. Each call of `alive` postpones the stall limit. */
async function request(
  url: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly response: Response; readonly alive: () => void; readonly done: () => void }> {
  const stalled = new AbortController();
  const limit = (ms: number): NodeJS.Timeout =>
    setTimeout(() => {
      stalled.abort(new Error(`no data for ${ms / 1000} s`));
    }, ms);
  let timer = limit(ANSWER_TIMEOUT_MS);
  const alive = (): void => {
    clearTimeout(timer);
    timer = limit(STALL_TIMEOUT_MS).unref();
  };
  const done = (): void => {
    clearTimeout(timer);
  };
  try {
    const response = await fetch(url, { signal: AbortSignal.any([stalled.signal, ...(signal === undefined ? [] : [signal])]) });
    alive();
    if (response.ok) return { response, alive, done };
    throw new Error(`status ${response.status}`);
  } catch (cause) {
    done();
    throw new TransientError({ code: 'temporal_download_failed', message: `${url} could not be fetched: ${reasonOf(cause)}`, cause });
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message;
}

async function download(url: string, file: string, { onProgress, signal }: ArchiveFetch): Promise<string> {
  const { response, alive, done } = await request(url, signal);
  const totalBytes = Number(response.headers.get('content-length') ?? 0);
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      alive();
      hash.update(chunk);
      bytes += chunk.byteLength;
      onProgress(totalBytes > 0 ? `${Math.floor((bytes / totalBytes) * 100)} %` : `${Math.floor(bytes / 1_000_000)} MB`);
      next(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body ?? new ReadableStream()), meter, createWriteStream(file));
    return hash.digest('hex');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EROFS' || cause.code === 'EACCES'))
      throw cause;
    throw new TransientError({ code: 'temporal_download_failed', message: `${url} broke off: ${reasonOf(cause)}`, cause });
  } finally {
    done();
  }
}
