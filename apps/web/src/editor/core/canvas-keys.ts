import { nextInDirection, type Direction } from './graph/navigation.ts';
import { cancelTidy } from './actions/arrange/tidy-action.ts';
import type { EditorSession } from './session.ts';
import { collapsedNow, shownDocument } from './shown-document.ts';
import { gestureArrow, gestureEnter, IDLE, type GestureStep } from './state/gestures.ts';
import { selectNodes } from './state/interface-store.ts';
import type { KeyPress } from './actions/shortcuts.ts';

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

function take(session: EditorSession, step: GestureStep): void {
  session.ui.setState({ gesture: step.gesture });
  session.draft.apply(step.changes);
  if (step.say) session.say(step.say);
}

/** Keys that belong to a gesture which is under way; true when the key was used. */
function pressInGesture(session: EditorSession, press: KeyPress): boolean {
  const { gesture } = session.ui.getState();
  if (gesture.kind === 'idle') return false;
  const graph = { document: session.draft.document(), catalog: session.catalog, collapsed: collapsedNow(session) };
  const direction = ARROWS[press.key];
  if (direction) take(session, gestureArrow(graph, gesture, { direction, isBig: press.shiftKey }));
  else if (press.key === 'Enter') take(session, gestureEnter(graph, gesture));
  else if (press.key === 'Escape') take(session, { gesture: IDLE, changes: [], say: { key: 'say.canceled', values: {} } });
  return true;
}

/** Moves the keyboard (and with it the selection) to the next step on that side. */
function moveFocus(session: EditorSession, direction: Direction): void {
  const { focusedNode } = session.ui.getState();
  const next = nextInDirection(shownDocument(session), focusedNode, direction);
  if (next === null) return;
  session.camera.current?.reveal(next);
  selectNodes(session.ui, [next]);
}

/**
 * Keys of the canvas that are no user actions: gestures, arrows, Escape.
 * @returns whether the key was used; otherwise the registry is asked
 */
export function pressOnCanvas(session: EditorSession, press: KeyPress): boolean {
  if (pressInGesture(session, press)) return true;
  const direction = ARROWS[press.key];
  const isPlain = !press.shiftKey && !press.ctrlKey && !press.metaKey && !press.altKey;
  if (direction && isPlain) {
    moveFocus(session, direction);
    return true;
  }
  if (press.key === 'Escape' && cancelTidy(session)) return true;
  if (press.key === 'Escape') {
    session.ui.setState({ selectedNodes: new Set(), selectedEdges: new Set() });
    return true;
  }
  return false;
}
