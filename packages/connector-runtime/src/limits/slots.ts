/** A fixed number of requests under way; others wait in line. */
export class Slots {
  readonly #count: number;
  #taken = 0;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** @returns whether one was free at once */
  tryTake(): boolean {
    if (this.#taken >= this.#count) return false;
    this.#taken += 1;
    return true;
  }

  /** Resolves with true once one is free and taken, with false when `gaveUp` settles first. */
  async take(gaveUp: Promise<unknown>): Promise<boolean> {
    if (this.tryTake()) return true;
    const turn = Promise.withResolvers<true>();
    const enter = (): void => turn.resolve(true);
    this.#line.push(enter);
    const isMine = await Promise.race([turn.promise, gaveUp.then(() => false)]);
    if (isMine) return true;
    const index = this.#line.indexOf(enter);
    // Called and given up in the same moment: the turn is passed on.
    if (index < 0) this.leave();
    else this.#line.splice(index, 1);
    return false;
  }

  leave(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
