import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { ServerConfig } from './config.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The disk of the embedded Postgres: where the supervisor runs it beside this process, its files are in the same data folder. */
export function diskOf(config: Pick<ServerConfig, 'MILLWRIGHT_SUPERVISED' | 'MILLWRIGHT_DATA' | 'DATABASE_URL'>): {
  readonly freeDiskBytes?: () => Promise<number>;
} {
  if (!config.MILLWRIGHT_SUPERVISED || !LOOPBACK.has(new URL(config.DATABASE_URL).hostname)) return {};
  return {
    freeDiskBytes: async () => {
      const { bavail, bsize } = await statfs(path.resolve(config.MILLWRIGHT_DATA));
      return bavail * bsize;
    },
  };
}
