import type { Wakes } from '@millwright/temporal-workflows/host-ports';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { VirtualTime } from '../virtual-time.ts';

/** Events of a segment: more than it really has, so that some runs go through several histories. */
const EVENTS_A_SEGMENT = 500;

/** Thrown to end a history. */
export class ContinuedAsNew extends Error {
  readonly input: RunGraphInput;

  constructor(input: RunGraphInput) {
    super('continued as new');
    this.input = input;
  }
}

/** One history of a workflow: how long it is, and whether it was woken. */
export class History implements Wakes {
  /** Events so far. */
  length = 0;
  readonly #time: VirtualTime;
  #wake = Promise.withResolvers<void>();
  #isDirty = false;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get dirty(): boolean {
    return this.#isDirty;
  }

  set dirty(isDirty: boolean) {
    this.#isDirty = isDirty;
    if (isDirty) this.#wake.resolve();
    else this.#wake = Promise.withResolvers();
  }

  /** A segment came back. */
  grow(): void {
    this.length += EVENTS_A_SEGMENT;
  }

  wait(ms?: number): Promise<unknown> {
    const woken = this.#wake.promise;
    return ms === undefined ? woken : Promise.race([woken, this.#time.pause(ms)]);
  }
}
