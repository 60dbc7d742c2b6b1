/** Which outcomes the uninterrupted run took, one after the other, compared with what is stored, in its order (durability.md §2.1). */
export class Taken {
  readonly #names: string[] = [];
  #given = 0;

  /** One was taken. */
  add(name: string): void {
    this.#names.push(name);
  }

  /** Whether what is stored next is what was taken next. */
  has(name: string): boolean {
    if (this.#names[this.#given] !== name) return false;
    this.#given += 1;
    return true;
  }
}
