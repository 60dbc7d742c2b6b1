/** Bounds of one request through the egress. */
export interface EgressLimits {
  /** Ms until the whole answer is here, redirects included. Default 30,000. */
  readonly timeoutMs: number;
  /** Ms until a socket is open. Default 10,000. */
  readonly connectTimeoutMs: number;
  /** Bytes of an answer after decompression. Default 10 MiB. */
  readonly maxResponseBytes: number;
  /** Bytes of a request's body. Default 10 MiB. */
  readonly maxRequestBytes: number;
  /** Header lines of an answer. Default 200; together they stay below 64 KiB. */
  readonly maxHeaders: number;
  /** Redirects followed. Default 5. */
  readonly maxRedirects: number;
}

/** Bounds where none are given. */
export const DEFAULT_LIMITS: EgressLimits = {
  timeoutMs: 30_000,
  connectTimeoutMs: 10_000,
  maxResponseBytes: 10 * 1024 * 1024,
  maxRequestBytes: 10 * 1024 * 1024,
  maxHeaders: 200,
  maxRedirects: 5,
};

/** Bytes of all header lines of an answer. */
export const MAX_HEADER_BYTES = 64 * 1024;
