import { hashBytes } from './hash.ts';
import { makeId, type Id, type IdKind } from './ids.ts';

/**
 * An id that is the same for the same parts: a run from its delivery, a child from its node run.
 * Needs `node:crypto`, hence its own entry.
 * @param kind what the id names
 * @param parts what it derives from; order counts
 */
export function derivedId<K extends IdKind>(kind: K, ...parts: readonly string[]): Id<K> {
  const bytes = hashBytes(JSON.stringify(parts));
  let time = 0;
  for (const byte of bytes.subarray(0, 6)) time = time * 256 + byte;
  return makeId(kind, time, bytes.subarray(6, 16));
}
