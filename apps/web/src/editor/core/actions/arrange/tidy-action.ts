import type { DraftChange } from '../../document/changes.ts';
import { findNode, reachable } from '../../graph/graph-queries.ts';
import type { Arranger, EditorSession } from '../../session.ts';
import type { InterfaceStore, TidyState } from '../../state/interface-store.ts';

/** Time that cards take to glide to their places, ms; none under reduced motion. */
const GLIDE_MS = 200;

/** Most cards that glide: each tells the page four times how its way goes, and nobody can follow a thousand. */
const MOST_GLIDING = 200;

/** Places that are written at once: what else happens on the page waits for no more of them. */
const PLACES_AT_ONCE = 100;

/** Longest time that an arrangement may take, ms. */
const PATIENCE_MS = 30_000;

/** What is under way, by the state of the editor that it belongs to. */
const running = new WeakMap<InterfaceStore, Arranger>();

function end({ ui }: EditorSession, tidy: TidyState | null): void {
  running.get(ui)?.stop();
  running.delete(ui);
  ui.setState({ tidy });
}

/** Gives up an arrangement that is under way, or closes the words about one that failed; false where there is neither. */
export function cancelTidy(session: EditorSession): boolean {
  const { tidy } = session.ui.getState();
  if (tidy === null) return false;
  if (tidy.kind === 'running') session.say({ key: 'say.canceled', values: {} });
  end(session, null);
  return true;
}

/** What Shift+T is about: what is selected; of one step also all that comes after it; null for everything. */
export function tidyScope({ draft, ui }: EditorSession): ReadonlySet<string> | null {
  const { selectedNodes } = ui.getState();
  const [first = ''] = selectedNodes;
  if (selectedNodes.size === 0) return null;
  if (selectedNodes.size > 1 || !findNode(draft.document(), first)) return selectedNodes;
  return new Set([first, ...reachable(draft.document(), first, 'down')]);
}

/** Whether the last place that was written is still that step's place. */
function stands({ draft }: EditorSession, written: readonly DraftChange[]): boolean {
  const last = written.findLast((change) => change.kind === 'moveNode');
  const now = last && findNode(draft.document(), last.nodeId)?.position;
  return last === undefined || (now?.[0] === last.position[0] && now[1] === last.position[1]);
}

/** Writes many places one part after the other, all in one entry of the history; false when that was undone meanwhile, with the rest unwritten. */
async function write(session: EditorSession, changes: readonly DraftChange[]): Promise<boolean> {
  const burst = `tidy:${performance.now()}`;
  let written: readonly DraftChange[] = [];
  for (let from = 0; from < changes.length; from += PLACES_AT_ONCE) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (!stands(session, written)) return false;
    written = changes.slice(from, from + PLACES_AT_ONCE);
    session.draft.apply(written, { burst });
  }
  return true;
}

/** Writes the new places as one entry of the history, lets the cards glide there, and shows them. */
async function take(session: EditorSession, ids: ReadonlySet<string> | null, changes: readonly DraftChange[]): Promise<void> {
  const { ui, draft, camera } = session;
  end(session, null);
  if (changes.length === 0) {
    session.say({ key: 'say.tidyNothing', values: {} });
    return;
  }
  const glides = changes.length <= MOST_GLIDING;
  if (glides) ui.setState({ isGliding: true });
  if (glides) draft.apply(changes);
  // Who took it back meanwhile has said what is wanted: nothing is told or shown.
  else if (!(await write(session, changes))) return;
  if (glides) setTimeout(() => ui.setState({ isGliding: false }), GLIDE_MS);
  // After the canvas has taken the new places.
  setTimeout(() => (ids === null ? camera.current?.fitAll() : camera.current?.fitNodes([...ids])), 0);
  session.say({ key: 'say.tidied', values: { count: changes.filter((change) => change.kind === 'moveNode').length } });
}

/**
 * Puts steps in order. Whatever goes wrong, the draft stays as it was, and words say why.
 * @param ids of steps and sections; null: everything
 */
export async function tidy(session: EditorSession, ids: ReadonlySet<string> | null): Promise<void> {
  const { ui, draft, catalog } = session;
  const arranger = running.has(ui) ? undefined : session.createArranger?.();
  if (!arranger) return;
  const before = draft.document();
  running.set(ui, arranger);
  ui.setState({ tidy: { kind: 'running', count: ids?.size ?? before.nodes.length } });
  const isMine = (): boolean => running.get(ui) === arranger;
  const limit = setTimeout(() => (isMine() ? end(session, { kind: 'failed', reason: 'slow' }) : undefined), PATIENCE_MS);
  try {
    // Fetched with the first arrangement: opening a workflow does not wait for it.
    const { planTidy } = await import('../../graph/arrange/plan-tidy.ts');
    const changes = await planTidy(before, catalog, { ids, arrange: arranger.arrange });
    const now = draft.document();
    const isSame = now.nodes === before.nodes && now.edges === before.edges && now.annotations === before.annotations;
    if (isMine() && isSame) await take(session, ids, changes);
    else if (isMine()) end(session, { kind: 'failed', reason: 'changed' });
  } catch {
    // A worker that died or a graph that was refused: nothing has been written.
    if (isMine()) end(session, { kind: 'failed', reason: 'refused' });
  } finally {
    clearTimeout(limit);
    arranger.stop();
  }
}
