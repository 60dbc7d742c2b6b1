import { messageOf } from '@millwright/core';
import { sweep, type Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';

const EVERY_MS = 60 * 60 * 1000;
/** After a start there is more urgent work. */
const FIRST_MS = 60 * 1000;

/** Deletes hourly what is older than its workspace keeps it. Returns the function that stops it. */
export function startRetention(db: Database, log: Logger): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      round = sweep(db.executor)
        .then((result) => log.info({ ...result }, 'retention swept'))
        .catch((thrown: unknown) => log.warn({ detail: messageOf(thrown) }, 'retention could not sweep'))
        .then(() => later(EVERY_MS));
    }, ms).unref();
  };
  later(FIRST_MS);
  return async () => {
    clearTimeout(timer);
    await round;
    clearTimeout(timer);
  };
}
