import type { ReactElement, MouseEvent as ReactMouseEvent } from 'react';
import { edgeKey } from '@millwright/workflow/draft';
import { ContextMenu, type MenuEntry } from '../../ui/layers/menu.tsx';
import { actionsFor } from '../core/actions/registry.ts';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { type ActionPlace, canRun } from '../core/actions/user-action.ts';
import type { EditorSession } from '../core/session.ts';
import { type MenuTarget, selectEdge, selectNodes } from '../core/state/interface-store.ts';
import { ActionIcon } from '../look/action-icon.tsx';
import { useEditor, useInterface } from '../session-context.ts';
import { type DynamicText, useTexts } from '../texts.ts';

function placeOf(target: MenuTarget | null, selected: number): ActionPlace {
  if (target?.kind === 'node') return selected > 1 ? 'selection' : 'node';
  return target?.kind === 'edge' ? 'edge' : 'pane';
}

/** The actions of a place as menu entries, with their shortcuts. */
function actionEntries(session: EditorSession, place: ActionPlace, say: DynamicText): readonly MenuEntry[] {
  return actionsFor(place).map((action) => ({
    key: action.id,
    label: say(`actions.${action.id}`),
    icon: <ActionIcon name={action.icon} sizePx={14} />,
    disabled: !canRun(action, session),
    danger: action.id === 'remove',
    ...(action.keys[0] === undefined ? {} : { keys: keyCaps(action.keys[0]) }),
    onSelect: () => action.run(session),
  }));
}

/** Selects what was clicked and remembers it, before the menu opens. Library class names stay in this folder. */
export function aimMenu(session: EditorSession, event: ReactMouseEvent, at: { readonly x: number; readonly y: number }): void {
  const { ui, draft } = session;
  const element = event.target instanceof Element ? event.target : null;
  const nodeId = element?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  const edgeId = element?.closest<SVGElement>('.react-flow__edge')?.dataset['id'];
  const edge = edgeId === undefined ? undefined : draft.document().edges.find((candidate) => edgeKey(candidate) === edgeId);
  const byKey = nodeId ?? (event.button === 2 ? undefined : (ui.getState().focusedNode ?? undefined));
  if (byKey !== undefined) {
    if (!ui.getState().selectedNodes.has(byKey)) selectNodes(ui, [byKey]);
    ui.setState({ menuTarget: { kind: 'node', nodeId: byKey } });
  } else if (edge && edgeId !== undefined) {
    selectEdge(ui, edgeId);
    ui.setState({ menuTarget: { kind: 'edge', edge } });
  } else ui.setState({ menuTarget: { kind: 'pane', at } });
}

/** The context menu of step, edge, selection and pane, filled from the registry of actions. */
export function CanvasMenu({ children }: { readonly children: ReactElement<Record<string, unknown>> }) {
  const session = useEditor();
  const { say } = useTexts();
  const target = useInterface((state) => state.menuTarget);
  const selected = useInterface((state) => state.selectedNodes.size);
  return <ContextMenu target={children} entries={actionEntries(session, placeOf(target, selected), say)} />;
}
