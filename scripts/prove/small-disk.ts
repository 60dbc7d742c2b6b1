import { spawnSync } from 'node:child_process';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** A small disk of its own below a folder. Linux, as root: it is a mount. */
export interface SmallDisk {
  /** Writes until nothing more fits. */
  readonly fill: () => Promise<void>;
  /** Gives the space back. */
  readonly free: () => Promise<void>;
  readonly unmount: () => void;
}

const CHUNK = Buffer.alloc(1024 * 1024);
const SMALL_CHUNK = CHUNK.subarray(0, 4096);

function mount(words: readonly string[], program = 'mount'): string | null {
  const run = spawnSync(program, words, { encoding: 'utf8' });
  if (run.status === 0) return null;
  return (run.error?.message ?? run.stderr).trim() || `${program} ended with ${String(run.status)}`;
}

async function writeUntilFull(file: FileHandle, chunk: Buffer): Promise<void> {
  for (;;) {
    try {
      const { bytesWritten } = await file.write(chunk);
      if (bytesWritten < chunk.length) return;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw thrown;
    }
  }
}

/**
 * Puts a small disk in the place of an empty folder.
 * @param sizeMb what fits on it
 * @returns or why that is not possible here
 */
export function mountSmallDisk(dir: string, sizeMb: number): SmallDisk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may mount a small disk';
  const fault = mount(['-t', 'tmpfs', '-o', `size=${String(sizeMb)}m,mode=0755`, 'tmpfs', dir]);
  if (fault !== null) return `a small disk could not be mounted: ${fault}`;
  const ballast = path.join(dir, 'ballast');
  return {
    fill: async () => {
      const file = await open(ballast, 'a');
      try {
        for (const chunk of [CHUNK, SMALL_CHUNK]) await writeUntilFull(file, chunk);
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    // Lazily, as the log of a process that is just ending may still be open.
    unmount: () => void mount(['-l', dir], 'umount'),
  };
}
