import { InvariantError } from '@millwright/core';

/** What versions of the engine differ in. A run keeps those of the version that its plan was compiled for. */
export interface EngineRules {
  /** Most node runs of one run in which no node gets on with its items. */
  readonly runLimit: number;
}

/** The version that plans are compiled for. A change to what graphs mean makes a new one; the rules of the others stay as they are. */
export const ENGINE_VERSION = 1;

/** Kept as long as an open run or a live workflow names it: a server that lacks one of those refuses to start. */
const RULES: Readonly<Record<number, EngineRules>> = { 1: { runLimit: 10_000 } };

/** The versions whose runs this engine can go on with. */
export const KEPT_VERSIONS: readonly number[] = Object.keys(RULES).map(Number);

/**
 * The rules of a version.
 * @throws InvariantError `engine_version_unknown`
 */
export function rulesOf(version: number): EngineRules {
  const rules = RULES[version];
  if (rules === undefined) throw new InvariantError({ code: 'engine_version_unknown', message: `this engine has no version ${version}` });
  return rules;
}
