import {
  type ClipboardContent,
  type ClipboardFault,
  clipboardFault,
  DOCUMENT_LIMITS,
  MAX_CLIPBOARD,
  readClipboard,
} from '@millwright/workflow';
import { planPaste } from '../../graph/plan-paste.ts';
import { planGrowth } from '../../graph/frames.ts';
import type { Point } from '../../graph/geometry.ts';
import { layoutOf } from '../../graph/layout.ts';
import type { EditorSession } from '../../session.ts';
import { selectNodes } from '../../state/interface-store.ts';
import { isCommand } from '../is-command.ts';

/** What is said of a text that cannot be pasted. */
const FAULTS: Readonly<Record<ClipboardFault, string>> = {
  other: 'say.pasteRefused',
  newer: 'say.pasteNewer',
  large: 'say.pasteLarge',
  invalid: 'say.pasteInvalid',
};

function tellFault(session: EditorSession, text: string): void {
  const key = FAULTS[clipboardFault(text)];
  session.say({ key, values: { mebibytes: MAX_CLIPBOARD / 1_048_576, nodes: DOCUMENT_LIMITS.nodes } });
  session.requests.tell?.(key, { mebibytes: MAX_CLIPBOARD / 1_048_576, nodes: DOCUMENT_LIMITS.nodes });
}

/** The address that a text consists of; null for everything else. */
function addressIn(text: string): string | null {
  const trimmed = text.trim();
  return /^https?:\/\/\S+$/i.test(trimmed) && URL.canParse(trimmed) ? trimmed : null;
}

/** Where something goes that is pasted now: where the pointer is or in the middle, and into the frame there. */
export function pastePlace({ camera, draft, catalog }: EditorSession): () => Point & { readonly parent: string | null } {
  const at = camera.current?.pointer() ?? camera.current?.center() ?? { x: 0, y: 0 };
  return () => ({ ...at, parent: layoutOf(draft.document(), catalog).frameAt(at) });
}

/** Puts steps from a text, from the address that it is, or a cURL command as one, into the draft; tells when the text is something else. */
export function pasteText(session: EditorSession, text: string): void {
  if (isCommand(text)) {
    // Fetched with the first command: opening a workflow does not wait for it.
    void import('../paste-command.ts').then(
      ({ pasteCommand }) => pasteCommand(session, text),
      () => session.say({ key: 'say.pasteOffline', values: {} }),
    );
    return;
  }
  const address = addressIn(text);
  if (address !== null) {
    void import('./paste-address.ts').then(
      ({ pasteAddress }) => pasteAddress(session, address),
      () => session.say({ key: 'say.pasteOffline', values: {} }),
    );
    return;
  }
  const content = readClipboard(text);
  if (!content) {
    tellFault(session, text);
    return;
  }
  void putIn(session, content, pastePlace(session));
}

/** Connections that this person may not use are left behind: the step asks for one. Where that is not known, they stay. */
async function withUsable(session: EditorSession, content: ClipboardContent): Promise<ClipboardContent> {
  if (content.nodes.every((node) => Object.keys(node.credentials).length === 0)) return content;
  const usable = (await session.requests.usableCredentials?.()) ?? null;
  if (usable === null) return content;
  const nodes = content.nodes.map((node) => ({
    ...node,
    credentials: Object.fromEntries(Object.entries(node.credentials).filter(([, id]) => usable.has(id))),
  }));
  return { ...content, nodes };
}

/** Puts steps that were copied as text where they are wanted; nothing where it is no steps. */
export async function putText(
  session: EditorSession,
  text: string,
  placeOf: () => Point & { readonly parent: string | null },
): Promise<void> {
  const content = readClipboard(text);
  if (content) await putIn(session, content, placeOf);
}

/** Puts steps into the draft as one entry of the history, selects them and brings them into view. Expressions are read by code that is fetched when it is first needed. */
export async function putIn(
  session: EditorSession,
  copied: ClipboardContent,
  placeOf: () => Point & { readonly parent: string | null },
): Promise<void> {
  const [expressions, content] = await Promise.all([
    import('@millwright/expressions/browser').catch(() => null),
    withUsable(session, copied),
  ]);
  if (expressions === null) return session.say({ key: 'say.pasteOffline', values: {} });
  const document = session.draft.document();
  const paste = planPaste(document, content, { ...placeOf(), rename: expressions.renameNodesIn });
  session.draft.apply([...paste.changes, ...planGrowth(document, session.catalog, paste.changes)]);
  selectNodes(session.ui, paste.nodeIds);
  session.camera.current?.revealAll(paste.nodeIds);
  session.say({ key: 'say.pasted', values: { count: paste.nodeIds.length } });
}
