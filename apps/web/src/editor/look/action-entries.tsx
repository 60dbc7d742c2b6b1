import type { MenuEntry } from '../../ui/layers/menu.tsx';
import { actionsFor } from '../core/actions/registry.ts';
import { keysOf } from '../core/actions/keymap.ts';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { type ActionPlace, canRun } from '../core/actions/user-action.ts';
import type { EditorSession } from '../core/session.ts';
import type { DynamicText } from '../texts.ts';
import { ActionIcon } from './action-icon.tsx';

/** The actions of a place as menu entries, with their shortcuts. */
export function actionEntries(session: EditorSession, place: ActionPlace, say: DynamicText): readonly MenuEntry[] {
  return actionsFor(place).map((action) => {
    const [key] = keysOf(action);
    return {
      key: action.id,
      label: say(`actions.${action.id}`),
      icon: <ActionIcon name={action.icon} sizePx={14} />,
      disabled: !canRun(action, session),
      danger: action.id === 'remove',
      ...(key === undefined ? {} : { keys: keyCaps(key) }),
      onSelect: () => action.run(session),
    };
  });
}
