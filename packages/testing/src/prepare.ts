import path from 'node:path';
import { createLogger } from '@millwright/platform';
import { obtainTemporalServer } from '@millwright/temporal-server';
import { ensureWebBuilt } from '../../../apps/cli/src/web-build.ts';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

type Say = (text: string) => void;

/** Gets the Temporal server's binaries where they are missing; the first time may take minutes, and says so. */
export async function ensureTemporalServer(say: Say): Promise<void> {
  let last = '';
  const onProgress = (note: string): void => {
    if (note !== last) say(`Temporal server: ${note}`);
    last = note;
  };
  await obtainTemporalServer({ env: process.env, log: createLogger({ level: 'error', name: 'tests' }), onProgress });
}

/** Builds the web app where its sources changed since the last build. */
export async function ensureWebApp(say: Say): Promise<void> {
  await ensureWebBuilt({ root: ROOT, env: process.env, note: (note) => say(`web app: ${note}`), signal: new AbortController().signal });
}
