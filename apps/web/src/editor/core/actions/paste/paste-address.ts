import type { EditorSession } from '../../session.ts';
import { pastePlace, putIn } from './paste-steps.ts';

/** Puts the steps at an address where the pointer was when it was pasted. What went wrong was told by whoever fetches. */
export async function pasteAddress(session: EditorSession, address: string): Promise<void> {
  const place = pastePlace(session);
  const content = (await session.requests.fetchSteps?.(address)) ?? null;
  if (content !== null) await putIn(session, content, place);
}
