import type { KeyPress } from '../../core/actions/shortcuts.ts';
import { findAction } from '../../core/actions/registry.ts';
import { canRun } from '../../core/actions/user-action.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { OutlineRow } from '../../core/graph/outline.ts';
import type { EditorSession } from '../../core/session.ts';
import { selectNodes } from '../../core/state/interface-store.ts';

/** Rows that Page up and Page down pass over. */
const PAGE = 10;

/** Typed letters that follow each other within this time make one word, ms. */
const WORD_MS = 700;

/** Collects typed letters into the beginning of a name. */
export interface TypeAhead {
  /** The letters typed so far, with this one. @param now ms, of any clock that only goes forward */
  readonly take: (letter: string, now: number) => string;
}

/** A collector that holds nothing. */
export function createTypeAhead(): TypeAhead {
  let word = '';
  let at = Number.NEGATIVE_INFINITY;
  return {
    take: (letter, now) => {
      word = now - at < WORD_MS ? word + letter : letter;
      at = now;
      return word;
    },
  };
}

/** What the keys of the outline work on. */
export interface OutlineKeys {
  readonly rows: readonly OutlineRow[];
  /** Index of the row that the keyboard is at; -1 where there is none. */
  readonly active: number;
  readonly fold: (nodeId: string, isFolded: boolean) => void;
  readonly rename: (nodeId: string) => void;
  readonly typeAhead: TypeAhead;
}

/** Moves the keyboard to a row: the canvas pans there and chooses its step. @param keep adds it to what is chosen */
export function goToRow(session: EditorSession, row: OutlineRow | undefined, keep = false): void {
  if (!row) return;
  session.camera.current?.reveal(row.nodeId);
  const chosen = [...session.ui.getState().selectedNodes].filter((nodeId) => keep && nodeId !== row.nodeId);
  selectNodes(session.ui, [...chosen, row.nodeId]);
}

/** The index that a key leads to; undefined for other keys. */
function target(key: string, { rows, active }: OutlineKeys): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + PAGE);
    case 'PageUp':
      return Math.max(0, active - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Arrow right opens a container, then goes into it; arrow left closes it, then goes to what holds it. */
function pressAcross(session: EditorSession, key: string, { rows, active, fold }: OutlineKeys): void {
  const row = rows[active];
  if (!row) return;
  const isOpen = row.hasChildren && rows[active + 1]?.parentId === row.nodeId;
  if (key === 'ArrowRight') {
    if (isOpen) goToRow(session, rows[active + 1]);
    else if (row.hasChildren) fold(row.nodeId, false);
  } else if (isOpen) fold(row.nodeId, true);
  else
    goToRow(
      session,
      rows.find((candidate) => candidate.nodeId === row.parentId),
    );
}

/** The next row whose name begins with the typed letters; the same letter again goes on to the next one. */
function findTyped(session: EditorSession, { rows, active }: OutlineKeys, word: string): OutlineRow | undefined {
  const isRepeated = Array.from(word).every((letter) => letter === word[0]);
  const wanted = (isRepeated ? (word[0] ?? '') : word).toLocaleLowerCase();
  const from = isRepeated ? active + 1 : active;
  const ordered = [...rows.slice(from), ...rows.slice(0, from)];
  const nameOf = (row: OutlineRow): string => row.annotation?.title ?? findNode(session.draft.document(), row.nodeId)?.name ?? '';
  return ordered.find((row) => nameOf(row).toLocaleLowerCase().startsWith(wanted));
}

/** Opens a step; a note or the name of a section is written on the canvas. */
function open(session: EditorSession, row: OutlineRow): void {
  goToRow(session, row);
  findAction('openStep')?.run(session);
}

/**
 * A key press in the outline.
 * @returns whether it was used; otherwise the registry of actions is asked
 */
export function pressInOutline(session: EditorSession, press: KeyPress & { readonly timeStamp: number }, keys: OutlineKeys): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey) return false;
  const row = keys.rows[keys.active];
  const to = target(press.key, keys);
  if (to !== undefined) {
    // On the way into the outline nothing is chosen yet: the first arrow key takes the row that it stands at.
    const isFresh = session.ui.getState().focusedNode === null && press.key.startsWith('Arrow');
    goToRow(session, keys.rows[isFresh ? keys.active : to], press.shiftKey);
  } else if ((press.key === 'ArrowRight' || press.key === 'ArrowLeft') && !press.shiftKey) pressAcross(session, press.key, keys);
  else if (row && (press.key === 'Enter' || (press.key === 'F2' && row.annotation !== null))) open(session, row);
  else if (press.key === ' ' && row) goToRow(session, row);
  else if (press.key === 'F2' && row) {
    goToRow(session, row);
    const action = findAction('rename');
    if (action && canRun(action, session)) keys.rename(row.nodeId);
  } else if (/^[\p{L}\p{N}]$/u.test(press.key)) goToRow(session, findTyped(session, keys, keys.typeAhead.take(press.key, press.timeStamp)));
  else return false;
  return true;
}
