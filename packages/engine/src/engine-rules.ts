/** What versions of the engine differ in. A run keeps those of the version that its plan was compiled for. */
export interface EngineRules {
  /** Most node runs of one run in which no node gets on with its items. */
  readonly runLimit: number;
  /** What waits in a round of a loop does not wait for other lists of that loop. */
  readonly waitsInRound: boolean;
  /** A wait that runs once hands on its first item only, after the time too. */
  readonly timerRunsOnce: boolean;
  /** A run that fails while something is being undone ends when that is done. */
  readonly undoesAll: boolean;
  /** In sequential order a loop goes round once what waited there in vain is let go, before anything else that waits in vain. */
  readonly roundsFirst: boolean;
}
