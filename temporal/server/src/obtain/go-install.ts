import { join } from 'node:path';
import { runProgram, type Environment, type Program } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';
import { inWorkFolder, placeBinaries } from './binaries.ts';

/** What compiling needs. */
export interface GoInstall {
  readonly cacheDir: string;
  /** The `go` program. */
  readonly go: string;
  readonly env: Environment;
  readonly onProgress: (note: string) => void;
  readonly signal?: AbortSignal;
}

/** The compile command: both programs from the module proxy, checked by Go's checksum database, into a folder. */
function goInstallProgram({ go, env }: Pick<GoInstall, 'go' | 'env'>, folder: string): Program {
  const module = 'go.temporal.io/server/cmd';
  return {
    name: 'go install',
    file: go,
    args: ['install', '-v', `${module}/server@v${TEMPORAL_VERSION}`, `${module}/tools/sql@v${TEMPORAL_VERSION}`],
    env: { ...env, GOBIN: folder, CGO_ENABLED: '0' },
  };
}

/**
 * Compiles both programs with Go and places them in the cache: once, some minutes on two cores.
 * @throws MillwrightError `program_failed` with the compiler's last lines
 */
export async function goInstall(options: GoInstall): Promise<void> {
  await inWorkFolder(options.cacheDir, async (folder) => {
    let packages = 0;
    await runProgram(
      goInstallProgram(options, folder),
      (line) => {
        if (line.startsWith('go: ')) return;
        packages += 1;
        options.onProgress(`compiling, ${packages} packages`);
      },
      options.signal,
    );
    await placeBinaries(options.cacheDir, { server: join(folder, 'server'), sqlTool: join(folder, 'sql') });
  });
}
