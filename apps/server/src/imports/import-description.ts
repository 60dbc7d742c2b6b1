import { Worker } from 'node:worker_threads';
import type { ApiPorts } from '@millwright/api';
import { UserError, type JsonObject } from '@millwright/core';
import type { Egress } from '@millwright/egress';
import { fetchDescriptionText } from '@millwright/openapi-import';

type ImportPort = NonNullable<ApiPorts['importDescription']>;
type Imported = Awaited<ReturnType<ImportPort>>;

/** What the thread is given. */
export interface ImportWork {
  readonly text: string;
  readonly origin?: string | undefined;
  readonly key?: string | undefined;
  readonly title?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly only?: readonly string[] | undefined;
  /** Stored versions of the connector, the oldest first. Default none. */
  readonly earlier?: readonly JsonObject[] | undefined;
}

/** What it says. */
export type ImportAnswer = Imported | { readonly code: string; readonly message: string; readonly hint?: string };

/** Imports of one process at a time: each may take a processor and memory for a while. */
const SIDE_BY_SIDE = 2;
/** Ms and MiB that a description may take; the largest that vendors publish take a few seconds. */
const MOST_MS = 60_000;
const MOST_MIB = 512;

function tooHeavy(): UserError {
  return new UserError('unprocessable', {
    code: 'description_too_heavy',
    message: 'the description takes too long or too much memory to read',
    hint: 'Import a part of it: cut the file, or choose tags.',
  });
}

/** Reads a description in a thread of its own: a large one would hold up everything else, a hostile one for ever. */
function inThread(work: ImportWork, signal: AbortSignal): Promise<ImportAnswer> {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: work,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MOST_MIB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ImportAnswer>();
  const end = (): void => reject(tooHeavy());
  const timer = setTimeout(end, MOST_MS);
  signal.addEventListener('abort', end, { once: true });
  worker.once('message', resolve).once('error', end).once('exit', end);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    void worker.terminate();
  });
}

/** Makes connectors of descriptions: fetched through the one way out, read apart. */
export function descriptionImports(egress: Pick<Egress, 'request'>): ImportPort {
  let running = 0;
  return async ({ signal, key, title, baseUrl, only, earlier, ...source }) => {
    if (running >= SIDE_BY_SIDE)
      throw new UserError('tooMany', {
        code: 'imports_too_many',
        message: 'others are importing descriptions right now',
        hint: 'Try again in a minute.',
      });
    running += 1;
    try {
      const fetched = 'url' in source ? await fetchDescriptionText(source.url, egress) : source;
      const answer = await inThread({ ...fetched, key, title, baseUrl, only, earlier }, signal);
      if ('view' in answer) return answer;
      throw new UserError('unprocessable', { ...answer });
    } finally {
      running -= 1;
    }
  };
}
