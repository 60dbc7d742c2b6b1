/** What the key of a variable looks like: it is written `$vars.key`. */
export const VARIABLE_KEY = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Bounds of a workspace's variables: a run carries those that it mentions with every call that leaves its process. */
export const VARIABLE_LIMITS = {
  /** Most variables of a workspace. */
  count: 200,
  /** Largest one, key and value as JSON, in bytes of UTF-8. */
  sizeBytes: 8_192,
  /** All of them together. */
  totalBytes: 32_768,
} as const;
