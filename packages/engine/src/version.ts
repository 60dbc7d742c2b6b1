import { RULES } from './rules.ts';

/** The version that plans are compiled for. A change to what graphs mean makes a new one; the rules of the others stay as they are. */
export const ENGINE_VERSION = 2;

/** The versions whose runs this engine can go on with. */
export const KEPT_VERSIONS: readonly number[] = Object.keys(RULES).map(Number);
