import type { AttemptRow } from '@millwright/executor/testing';
import { nameOf, TIMER } from './stored-run.ts';

/**
 * Which outcomes the uninterrupted run took, compared with what is stored, in its order. Only a timer may come before its turn: it is due
 * so long after what it waits for was begun, and where nothing dies and no segment ends that is earlier, while other answers come when
 * they came, and the end of the run may come before it. Whatever follows from another order is compared all the same.
 */
export class Taken {
  readonly #names: string[] = [];
  readonly #early: string[] = [];
  #given = 0;

  /** So many were taken. */
  get count(): number {
    return this.#names.length;
  }

  /** One was taken. */
  add(name: string): void {
    this.#names.push(name);
  }

  /** It is the turn of what is stored next; whether it was taken already. */
  turn(row: AttemptRow): boolean {
    const name = nameOf(row);
    if (row.itemIndex === TIMER && remove(this.#early, name)) return true;
    return this.has(name);
  }

  /** Whether what was given now is what was taken next. */
  has(name: string): boolean {
    for (;;) {
      const next = this.#names[this.#given];
      if (next === undefined || (next !== name && !next.endsWith(`:${TIMER}`))) return false;
      this.#given += 1;
      if (next === name) return true;
      this.#early.push(next);
    }
  }
}

/** Takes a name out of a list; whether it was there. */
function remove(names: string[], name: string): boolean {
  const at = names.indexOf(name);
  if (at >= 0) names.splice(at, 1);
  return at >= 0;
}
