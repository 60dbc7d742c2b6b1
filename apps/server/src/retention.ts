import { messageOf } from '@millwright/core';
import { sweep, sweepIdentity, type Database } from '@millwright/db';
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
      round = Promise.all([sweep(db.executor), sweepIdentity(db.auth)])
        .then(([result, identity]) => log.info({ ...result, ...identity }, 'retention swept'))
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
