import { coversDraft, type DraftMark } from '@millwright/workflow/draft';
import { z } from 'zod';

/** How safe the draft is. */
export type SaveState = 'loading' | 'saved' | 'saving' | 'offline' | 'problem';

/** Asks the server what Postgres has; it answers as it tells every save. */
export const ASK_SAVED = 'saved?';

/** What the server says when node types have changed, on a machine of a developer. */
export const NODE_TYPES_CHANGED: string = JSON.stringify({ type: 'nodeTypes' });

const savedSchema = z.object({ type: z.literal('saved'), stateVector: z.base64(), deletions: z.int().nonnegative() });

/** What a message of the server says is in Postgres; null for another message. */
export function readSaved(payload: string): DraftMark | null {
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch {
    return null;
  }
  const parsed = savedSchema.safeParse(message);
  if (!parsed.success) return null;
  const { stateVector, deletions } = parsed.data;
  return { stateVector: Uint8Array.from(atob(stateVector), (character) => character.codePointAt(0) ?? 0), deletions };
}

/** What is known of a connected draft. */
export interface SaveFacts {
  /** Changes are on their way to the server. */
  readonly isSending: boolean;
  /** What Postgres has; null until the server said so on this connection. */
  readonly stored: DraftMark | null;
  /** What this page has. */
  readonly local: DraftMark;
}

/** Saved means that Postgres has every change of this page; null while nothing is known yet. */
export function saveStateOf({ isSending, stored, local }: SaveFacts): 'saved' | 'saving' | null {
  if (isSending) return 'saving';
  if (stored === null) return null;
  return coversDraft(stored, local) ? 'saved' : 'saving';
}
