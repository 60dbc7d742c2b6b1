import type { DigestAnswer } from './digest.ts';

/** Challenges that are remembered; one per credential and origin. */
const MOST = 1_000;

/**
 * Challenges that services sent last, by who calls whom: a request that answers one at once saves asking. Services count how often a nonce
 * is used, so each answer has the next number, in the order in which requests are signed.
 */
export class ChallengeBook {
  readonly #pages = new Map<string, DigestAnswer>();

  /** The next answer to the challenge that is known; undefined where none is. */
  next(name: string): DigestAnswer | undefined {
    const page = this.#pages.get(name);
    if (page === undefined) return undefined;
    const answer = { ...page, count: page.count + 1 };
    this.#pages.set(name, answer);
    return answer;
  }

  /** Keeps a challenge that was answered well, in place of the one before. */
  put(name: string, answer: DigestAnswer): void {
    this.#pages.delete(name);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= MOST && oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(name, answer);
  }

  /** Forgets a challenge that is of no use. */
  drop(name: string): void {
    this.#pages.delete(name);
  }
}
