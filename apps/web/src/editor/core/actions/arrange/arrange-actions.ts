import { type Alignment, type Axis, planAlign, planDistribute } from '../../graph/arrange/align.ts';
import type { DraftChange } from '../../document/changes.ts';
import type { EditorSession } from '../../session.ts';
import { tidy, tidyScope } from './tidy-action.ts';
import type { UserAction } from '../user-action.ts';

function take(session: EditorSession, changes: readonly DraftChange[]): void {
  session.draft.apply(changes);
  session.say(changes.length === 0 ? { key: 'say.inLine', values: {} } : { key: 'say.linedUp', values: { count: selectedCount(session) } });
}

function selectedCount({ ui }: EditorSession): number {
  return ui.getState().selectedNodes.size;
}

const base = { group: 'arrange', scope: 'canvas', keys: [], places: ['arrange'], changesDraft: true } as const;

function alignAction(id: string, icon: string, alignment: Alignment): UserAction {
  return {
    ...base,
    id,
    icon,
    isEnabled: (session) => selectedCount(session) > 1,
    run: (session) =>
      take(session, planAlign(session.draft.document(), session.catalog, { ids: session.ui.getState().selectedNodes, alignment })),
  };
}

function distributeAction(id: string, icon: string, axis: Axis): UserAction {
  return {
    ...base,
    id,
    icon,
    isEnabled: (session) => selectedCount(session) > 2,
    run: (session) =>
      take(session, planDistribute(session.draft.document(), session.catalog, { ids: session.ui.getState().selectedNodes, axis })),
  };
}

function canTidy({ draft, ui, createArranger }: EditorSession): boolean {
  return createArranger !== undefined && draft.document().nodes.length > 1 && ui.getState().tidy?.kind !== 'running';
}

/** Putting steps in order and in line. */
export const arrangeActions: readonly UserAction[] = [
  {
    ...base,
    id: 'tidy',
    icon: 'tidy',
    keys: ['shift+t'],
    places: ['node', 'selection', 'section', 'arrange'],
    isEnabled: canTidy,
    run: (session) => void tidy(session, tidyScope(session)),
  },
  { ...base, id: 'tidyAll', icon: 'tidy', places: ['toolbar', 'pane'], isEnabled: canTidy, run: (session) => void tidy(session, null) },
  alignAction('alignLeft', 'alignLeft', 'left'),
  alignAction('alignCenter', 'alignCenter', 'center'),
  alignAction('alignRight', 'alignRight', 'right'),
  alignAction('alignTop', 'alignTop', 'top'),
  alignAction('alignMiddle', 'alignMiddle', 'middle'),
  alignAction('alignBottom', 'alignBottom', 'bottom'),
  distributeAction('distributeAcross', 'distributeAcross', 'horizontal'),
  distributeAction('distributeDown', 'distributeDown', 'vertical'),
];
