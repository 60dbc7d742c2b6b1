/** A record of a state that is copied when it is first written: most events write to none of them, and some are long. */
export class Table<V> {
  #record: Readonly<Record<string, V>>;
  #own: Record<string, V> | undefined;

  constructor(record: Readonly<Record<string, V>> = {}) {
    this.#record = record;
  }

  get(key: string): V | undefined {
    return this.#record[key];
  }

  set(key: string, value: V): void {
    this.#owned()[key] = value;
  }

  /** Null forgets. */
  put(key: string, value: V | null): void {
    if (value === null) this.delete(key);
    else this.set(key, value);
  }

  delete(key: string): void {
    if (this.#record[key] !== undefined) delete this.#owned()[key];
  }

  clear(): void {
    this.#own = {};
    this.#record = this.#own;
  }

  get keys(): readonly string[] {
    return Object.keys(this.#record);
  }

  get isEmpty(): boolean {
    for (const _key in this.#record) return false;
    return true;
  }

  /** The record where there is something in it. */
  get some(): Readonly<Record<string, V>> | undefined {
    return this.isEmpty ? undefined : this.#record;
  }

  /** As the next state has it. */
  get record(): Readonly<Record<string, V>> {
    return this.#record;
  }

  #owned(): Record<string, V> {
    this.#own ??= { ...this.#record };
    this.#record = this.#own;
    return this.#own;
  }
}
