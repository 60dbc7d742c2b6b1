import type { Ground } from '../ground.ts';
import type { Verdict } from '../verdict.ts';

/** One window that a fault can fall into. */
export interface Case {
  readonly name: string;
  readonly play: (ground: Ground) => Promise<Verdict>;
}

/** Every case, the cheap ones first. */
export const CASES: readonly Case[] = [];
