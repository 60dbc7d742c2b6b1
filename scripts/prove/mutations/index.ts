import { flushes } from './flushes.ts';
import { order } from './order.ts';
import { ownership } from './ownership.ts';
import { reply } from './reply.ts';
import { returns } from './returns.ts';

/** One exact change of one file. */
export interface Patch {
  /** Relative to the checkout. */
  readonly file: string;
  /** Occurs exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A rule of the design broken on purpose; the proof has to notice. */
export interface Mutation {
  /** Section of the durability design, and what is broken. */
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Start of the name of the case that must fail. */
  readonly caughtBy: string;
}

/** One per rule. */
export const MUTATIONS: readonly Mutation[] = [order, flushes, ownership, returns, reply];
