/** Requests, or points, that may go in a time. */
export class Bucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #level: number;
  #atMs: number;
  /** Nothing goes before, whatever is in it: the service said so. */
  #closedUntilMs = 0;

  constructor(capacity: number, everyMs: number, nowMs: number) {
    this.#capacity = capacity;
    this.#perMs = capacity / Math.max(1, everyMs);
    this.#level = capacity;
    this.#atMs = nowMs;
  }

  /** Ms until so much may be taken; 0 now. */
  waitMs(amount: number, nowMs: number): number {
    this.#fill(nowMs);
    const missing = Math.min(amount, this.#capacity) - this.#level;
    // Whole milliseconds; what is left of a fraction would else wait again and again.
    const untilFull = missing <= 1e-9 ? 0 : Math.ceil(missing / this.#perMs);
    return Math.max(untilFull, this.#closedUntilMs - nowMs, 0);
  }

  take(amount: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#level -= amount;
  }

  /** The service counts otherwise: what it says is so. */
  learn(left: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#level = Math.min(this.#level, left);
  }

  closeUntil(atMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, atMs);
  }

  #fill(nowMs: number): void {
    this.#level = Math.min(this.#capacity, this.#level + Math.max(0, nowMs - this.#atMs) * this.#perMs);
    this.#atMs = Math.max(nowMs, this.#atMs);
  }
}
