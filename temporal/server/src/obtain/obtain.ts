import { messageOf, MillwrightError } from '@millwright/core';
import type { Environment, Logger } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';
import { binariesIn, temporalCacheDir, type TemporalBinaries } from './binaries.ts';
import { goInstall } from './go-install.ts';
import { binariesOnPath, programOnPath } from './on-path.ts';
import { fetchReleaseArchive, TEMPORAL_RELEASES } from './release-archive.ts';

/** How the server's programs are looked for. */
export interface ObtainOptions {
  /** Default: `temporalCacheDir(env)`. */
  readonly cacheDir?: string;
  /** Host of the release files. Default: the project's own releases. */
  readonly mirror?: string;
  /** `PATH`, `HOME`, `XDG_CACHE_HOME` and Go's own settings count. */
  readonly env: Environment;
  readonly onProgress: (note: string) => void;
  readonly log: Logger;
  readonly signal?: AbortSignal;
}

/** The server's programs where this machine has them already: in the cache folder, else on PATH. */
export async function findTemporalServer(
  env: Environment,
  cacheDir: string = temporalCacheDir(env),
): Promise<TemporalBinaries | undefined> {
  return (await binariesIn(cacheDir, 'cache')) ?? (await binariesOnPath(env));
}

/**
 * Gets the Temporal server and its schema tool: cache folder → PATH → official archive → `go install`.
 * @throws MillwrightError `temporal_unavailable`, whose hint names the ways, when none worked
 * @throws the operating system's error when the cache folder cannot be written
 */
export async function obtainTemporalServer(options: ObtainOptions): Promise<TemporalBinaries> {
  const cacheDir = options.cacheDir ?? temporalCacheDir(options.env);
  const found = await findTemporalServer(options.env, cacheDir);
  if (found !== undefined) return found;
  const why: string[] = [];
  const attempt = async (source: 'archive' | 'go', work: () => Promise<void>): Promise<TemporalBinaries | undefined> => {
    try {
      await work();
      return await binariesIn(cacheDir, source);
    } catch (thrown) {
      options.signal?.throwIfAborted();
      if (!(thrown instanceof MillwrightError)) throw thrown;
      options.log.warn({ source, err: thrown }, 'temporal server could not be obtained this way');
      why.push(messageOf(thrown));
      return undefined;
    }
  };
  const shared = {
    cacheDir,
    env: options.env,
    onProgress: options.onProgress,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  options.onProgress('asking the release host');
  const fetched = await attempt('archive', async () => fetchReleaseArchive({ ...shared, mirror: options.mirror ?? TEMPORAL_RELEASES }));
  if (fetched !== undefined) return fetched;
  const go = await programOnPath('go', options.env);
  if (go === undefined) why.push('Go is not installed');
  const compiled = go === undefined ? undefined : await attempt('go', async () => goInstall({ ...shared, go }));
  return compiled ?? unavailable(cacheDir, why);
}

function unavailable(cacheDir: string, why: readonly string[]): never {
  throw new MillwrightError({
    code: 'temporal_unavailable',
    message: `Temporal server ${TEMPORAL_VERSION} could not be obtained. ${why.join('. ')}.`,
    hint:
      'Do one of these and start again: set TEMPORAL_ADDRESS to the host:port of a Temporal server that runs; ' +
      `put temporal-server and temporal-sql-tool ${TEMPORAL_VERSION} on PATH or into ${cacheDir} ` +
      '(or set MILLWRIGHT_TEMPORAL_MIRROR to a host that serves the release files); ' +
      'install Go 1.26 or later, and the server is compiled.',
  });
}
