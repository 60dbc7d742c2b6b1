import type { Patch } from '../../prove/mutations/index.ts';

/** A rule of the design broken on purpose; the simulation has to notice. */
export interface Mutation {
  /** Section of the page. */
  readonly rule: string;
  /** The sentence of the page that is broken. */
  readonly sentence: string;
  /** What is broken. */
  readonly name: string;
  readonly patches: readonly Patch[];
  /** The simulation that must notice. */
  readonly caughtBy: 'model' | 'faults';
}
