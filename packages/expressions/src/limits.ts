/** How much one evaluation of one template may use. */
export interface Limits {
  /** Units of work: about one per element looked at and per 32 characters written. Default 1,000,000 (about 100 ms). */
  readonly fuel: number;
  /** Longest text an expression may make, UTF-16 units. Default 1 MiB. */
  readonly textLength: number;
  /** Longest list an expression may make. Default 1,000,000. */
  readonly listLength: number;
  /** Size of the result as JSON, roughly in characters. Default 8 MiB. */
  readonly outputSize: number;
}

/** The limits when none are given. */
export const defaultLimits: Limits = { fuel: 1_000_000, textLength: 2 ** 20, listLength: 1_000_000, outputSize: 2 ** 23 };

/** How deep source may nest, and how deep data may. */
export const maxDepth = 200;
/** Depth of source summed over all functions that are running: what the host's stack must hold. */
export const maxCallDepth = 1000;
/** Longest single `{{ }}`, UTF-16 units. The longest of 113,000 real ones has 6,720. */
export const maxSegmentLength = 16_384;
/** Most `{{ }}` in one text. */
export const maxSegments = 1000;
