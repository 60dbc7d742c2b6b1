import { there } from './advance/tables/given.ts';
import type { EngineRules } from './engine-rules.ts';

const FIRST: EngineRules = { runLimit: 10_000, waitsInRound: false, timerRunsOnce: false, undoesAll: false, roundsFirst: false };
const SECOND: EngineRules = { ...FIRST, waitsInRound: true, timerRunsOnce: true, undoesAll: true, roundsFirst: true };

/** By version. Kept as long as an open run or a live workflow names it: a server that lacks one of those refuses to start. */
export const RULES: Readonly<Record<number, EngineRules>> = { 1: FIRST, 2: SECOND };

/**
 * The rules of a version.
 * @throws InvariantError `engine_version_unknown`
 */
export function rulesOf(version: number): EngineRules {
  return there(RULES[version], 'engine_version_unknown', `this engine has no version ${version}`);
}
