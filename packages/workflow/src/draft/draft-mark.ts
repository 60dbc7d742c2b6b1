import * as Y from 'yjs';

/** Which changes a draft holds: small, and comparable with another copy's. */
export interface DraftMark {
  /** Yjs state vector: what was added, by writer. */
  readonly stateVector: Uint8Array;
  /** Length of everything that was deleted; a state vector does not move with a deletion. */
  readonly deletions: number;
}

/** The mark of a draft as it is now. */
export function markDraft(draft: Y.Doc): DraftMark {
  let deletions = 0;
  for (const ranges of Y.snapshot(draft).ds.clients.values()) for (const range of ranges) deletions += range.len;
  return { stateVector: Y.encodeStateVector(draft), deletions };
}

/**
 * Whether a stored copy holds every change of a local one.
 * @param stored mark of a copy whose changes have all arrived in the local one, as on a socket that keeps their order
 */
export function coversDraft(stored: DraftMark, local: DraftMark): boolean {
  const known = Y.decodeStateVector(stored.stateVector);
  const isAdded = [...Y.decodeStateVector(local.stateVector)].every(([writer, clock]) => clock <= (known.get(writer) ?? 0));
  return isAdded && local.deletions <= stored.deletions;
}
