import { type ReactElement, type TouchEvent, useMemo, useRef } from 'react';
import { edgeKey } from '@millwright/workflow/draft';
import { ContextMenu } from '../../ui/layers/menu.tsx';
import type { ActionPlace } from '../core/actions/user-action.ts';
import { findAnnotation } from '../core/graph/annotations/sections.ts';
import type { EditorSession } from '../core/session.ts';
import { type MenuTarget, selectEdge, selectNodes } from '../core/state/interface-store.ts';
import { actionEntries } from '../look/action-entries.tsx';
import { useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';

function placeOf({ draft }: EditorSession, target: MenuTarget | null, selected: number): ActionPlace {
  if (target?.kind === 'node') return selected > 1 ? 'selection' : (findAnnotation(draft.document(), target.nodeId)?.kind ?? 'node');
  return target?.kind === 'edge' ? 'edge' : 'pane';
}

/** What was pressed: by mouse, by the menu key, or by a finger that rests. */
interface Pressed {
  readonly target: EventTarget | null;
  /** 2: at a place. Else the menu key, which means the line that is selected, or the step that has the keyboard. */
  readonly button: number;
}

/** A finger on the canvas. */
interface Touched {
  readonly target: EventTarget | null;
  readonly x: number;
  readonly y: number;
  /** Whether it has rested until the menu opened. */
  readonly hasMenu: boolean;
}

/** The one selected line, where the menu was asked for by its key. */
function lineByKey({ ui }: EditorSession, { button }: Pressed): string | undefined {
  const { selectedEdges, selectedNodes } = ui.getState();
  return button !== 2 && selectedNodes.size === 0 && selectedEdges.size === 1 ? [...selectedEdges][0] : undefined;
}

/** Selects what was clicked and remembers it, before the menu opens. Library class names stay in this folder. */
export function aimMenu(session: EditorSession, event: Pressed, at: { readonly x: number; readonly y: number }): void {
  const { ui, draft } = session;
  const element = event.target instanceof Element ? event.target : null;
  const nodeId = element?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  // The + of a line lies above all lines, and belongs to its own.
  const edgeId =
    lineByKey(session, event) ??
    element?.closest<SVGElement>('.react-flow__edge')?.dataset['id'] ??
    element?.closest<HTMLElement>('[data-edge]')?.dataset['edge'];
  const edge = edgeId === undefined ? undefined : draft.document().edges.find((candidate) => edgeKey(candidate) === edgeId);
  const byKey = nodeId ?? (event.button === 2 || edge ? undefined : (ui.getState().focusedNode ?? undefined));
  if (byKey !== undefined) {
    if (!ui.getState().selectedNodes.has(byKey)) selectNodes(ui, [byKey]);
    ui.setState({ menuTarget: { kind: 'node', nodeId: byKey } });
  } else if (edge && edgeId !== undefined) {
    selectEdge(ui, edgeId);
    ui.setState({ menuTarget: { kind: 'edge', edge } });
  } else ui.setState({ menuTarget: { kind: 'pane', at } });
}

/** Remembers the finger that is down, for a long press. Nothing is drawn anew because one comes down. */
export function useTouched() {
  const touched = useRef<Touched | null>(null);
  return useMemo(
    () => ({
      /** The finger that opens a menu; null when it was opened otherwise. */
      takeFinger: (): Touched | null => {
        const finger = touched.current;
        if (finger) touched.current = { ...finger, hasMenu: true };
        return finger;
      },
      touch: {
        onTouchStartCapture: ({ target, touches }: TouchEvent): void => {
          const finger = touches[0];
          touched.current = finger && touches.length === 1 ? { target, x: finger.clientX, y: finger.clientY, hasMenu: false } : null;
        },
        onTouchEndCapture: (event: TouchEvent): void => {
          // Else the browser makes a click of it, which closes the menu that the finger has just opened.
          if (touched.current?.hasMenu) event.preventDefault();
          touched.current = null;
        },
      },
    }),
    [],
  );
}

/** The context menu of step, edge, selection and pane, filled from the registry of actions. */
export function CanvasMenu({
  children,
  takeFinger,
}: {
  readonly children: ReactElement<Record<string, unknown>>;
  /** The finger that is down; a long press opens the menu without an event of the browser's own. */
  readonly takeFinger: () => Touched | null;
}) {
  const session = useEditor();
  const { say } = useTexts();
  const target = useInterface((state) => state.menuTarget);
  const selected = useInterface((state) => state.selectedNodes.size);
  const aimAtFinger = (open: boolean): void => {
    const finger = open ? takeFinger() : null;
    if (finger) aimMenu(session, { target: finger.target, button: 2 }, { x: finger.x, y: finger.y });
  };
  return (
    <ContextMenu target={children} entries={actionEntries(session, placeOf(session, target, selected), say)} onOpenChange={aimAtFinger} />
  );
}
