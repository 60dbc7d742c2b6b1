/** Bounds of calls and processes. */
export const LIMITS = {
  /** Heap of a process, in MiB. */
  memoryMb: 128,
  /** What buffers may take beside the heap, in MiB. */
  bufferMb: 128,
  /** What a process of its own usually occupies, in bytes; measured. */
  residentBytes: 64 * 1024 * 1024,
  /** Calls of a process before it is replaced. */
  calls: 500,
  /** A process without work ends after this, in ms. */
  idleMs: 5 * 60_000,
  /** Size of the private folder for temporary files, in bytes. */
  tmpBytes: 32 * 1024 * 1024,
  /** Items and data of a call, in bytes. */
  inputBytes: 64 * 1024 * 1024,
  /** The result of a call, in bytes. */
  resultBytes: 32 * 1024 * 1024,
  /** How deep JSON of a result may be nested. */
  resultDepth: 200,
  /** Lines of the console that are kept. */
  logLines: 1_001,
  /** Characters of one line of the console. */
  logCharacters: 10_000,
  /** Requests of one call. */
  fetches: 100,
  /** Requests under way at a time. */
  fetchesAtOnce: 10,
  /** Body of a request, in bytes. */
  requestBytes: 8 * 1024 * 1024,
  /** Body of an answer, in bytes. */
  responseBytes: 16 * 1024 * 1024,
  /** Files that one call reads or makes. */
  files: 100,
  /** Files that are being read or made at a time. */
  filesAtOnce: 10,
  /** All files that one call makes, in bytes; what one file may have, the store says. */
  madeBytes: 128 * 1024 * 1024,
  /** Time for a process to come up, in ms. */
  startMs: 10_000,
  /** Calls that wait for a process. */
  waiting: 10_000,
} as const;
