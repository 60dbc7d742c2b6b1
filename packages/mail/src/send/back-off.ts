/** Times that a mail is handed to a server that says "not now" before it is given up: with the pauses below about two days. */
export const MAX_ATTEMPTS = 20;

const FIRST_S = 30;
const MOST_S = 4 * 60 * 60;

/** Seconds until the next attempt: half a minute, twice as long each time, four hours at most. @param attempts made so far, from 1 */
export function retryAfterS(attempts: number): number {
  return Math.min(FIRST_S * 2 ** Math.max(0, Math.min(attempts, MAX_ATTEMPTS) - 1), MOST_S);
}
