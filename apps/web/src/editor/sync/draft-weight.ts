import { MAX_DRAFT_BYTES } from '@millwright/workflow/draft';
import * as Y from 'yjs';

/** From this size on people are told, before it hurts. */
const LARGE_BYTES = MAX_DRAFT_BYTES / 4;

/**
 * Follows how large a draft is. Its parts are summed up as they arrive; only a sum that is large is measured, as deletions
 * make drafts smaller than what arrived.
 * @param onWeight gets the size in bytes where it is large, null where it is small again
 * @returns stops following
 */
export function weighDraft(draft: Y.Doc, onWeight: (bytes: number | null) => void): () => void {
  let bytes = 0;
  let told: number | null = null;
  const weigh = (update: Uint8Array): void => {
    bytes += update.byteLength;
    // Measuring takes a while at this size: again only after a tenth more has arrived, or when something may have gone.
    if (bytes < (told === null ? LARGE_BYTES : told * 1.1) && !(told !== null && update.byteLength > 1000)) return;
    bytes = Y.encodeStateAsUpdate(draft).byteLength;
    const next = bytes < LARGE_BYTES ? null : bytes;
    if (next !== told) onWeight(next);
    told = next;
  };
  draft.on('update', weigh);
  return () => draft.off('update', weigh);
}
