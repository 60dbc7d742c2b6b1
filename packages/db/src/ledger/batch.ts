import { isDatabaseAway } from '../errors.ts';

/** Items in one statement. */
const MAX_ITEMS = 256;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (thrown: unknown) => void;
}

/** Collects items while a statement is on its way and sends them with the next one: one round trip and one commit for all of them. */
export class Batch<T, R> {
  readonly #send: (items: readonly T[]) => Promise<readonly R[]>;
  #waiting: Waiting<T, R>[] = [];
  #isBusy = false;

  /** @param send gives one result per item, in their order */
  constructor(send: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#send = send;
  }

  /** @throws what the statement threw; one item's fault is not the others' */
  async add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#isBusy) return;
      this.#isBusy = true;
      setImmediate(() => void this.#pump());
    });
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0) await this.#flush(this.#waiting.splice(0, MAX_ITEMS));
    this.#isBusy = false;
  }

  async #flush(batch: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#send(batch.map((one) => one.item));
      for (const [index, one] of batch.entries()) one.resolve(results[index] as R);
    } catch (thrown) {
      if (batch.length === 1 || isDatabaseAway(thrown)) {
        for (const one of batch) one.reject(thrown);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#flush(batch.slice(0, half));
      await this.#flush(batch.slice(half));
    }
  }
}
