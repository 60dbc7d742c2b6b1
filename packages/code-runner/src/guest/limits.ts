/** The longest result of a call, in characters of JSON; the runner counts bytes once more. */
export const RESULT_CHARACTERS = 32 * 1024 * 1024;

/** Bounds of one call's console. */
export const CONSOLE = {
  /** Lines that are kept. */
  lines: 1_000,
  /** Characters that are kept, over all lines. */
  characters: 256 * 1024,
  /** Characters of one line. */
  lineCharacters: 10_000,
  /** Lines, kept or not, at which the call fails. */
  mostLines: 100_000,
  /** Characters, kept or not, at which the call fails. */
  mostCharacters: 16 * 1024 * 1024,
} as const;
