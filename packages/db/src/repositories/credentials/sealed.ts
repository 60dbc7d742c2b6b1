/** A secret as it is stored: by a key of its own, which is wrapped by the workspace's key. */
export interface SealedColumns {
  /** The workspace key that wraps the data key. */
  readonly keyId: string;
  readonly wrappedKey: Uint8Array;
  readonly sealed: Uint8Array;
}

/** The same as columns of a row. */
export interface SealedRow {
  readonly key_id: string;
  readonly wrapped_key: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Reads the three columns of a row. */
export function toSealed(row: SealedRow): SealedColumns {
  return { keyId: row.key_id, wrappedKey: row.wrapped_key, sealed: row.sealed };
}

/** Bytes as the driver takes them for a parameter. */
export function bytes(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
