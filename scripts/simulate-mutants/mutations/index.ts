import { durabilityMutations } from './durability.ts';
import { engineMutations } from './engine.ts';

export type { Mutation } from './mutation.ts';

/** Eight rules of what a graph means, and eight of durability. */
export const MUTATIONS = [...engineMutations, ...durabilityMutations];
