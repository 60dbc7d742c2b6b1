import { IconButton } from '../../ui/controls/icon-button.tsx';
import { actionsFor } from '../core/actions/registry.ts';
import { keysOf } from '../core/actions/keymap.ts';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { canRun } from '../core/actions/user-action.ts';
import { ActionIcon } from '../look/action-icon.tsx';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Undo and redo are in the top bar. */
const ELSEWHERE: ReadonlySet<string> = new Set(['undo', 'redo']);

/** Adding and zooming, at the lower left of the canvas. */
export function CanvasToolbar() {
  const session = useEditor();
  const { t, say } = useTexts();
  return (
    <div
      role="toolbar"
      aria-label={t('canvas.toolbar')}
      className="absolute bottom-3 left-3 z-[5] flex max-w-[calc(100%-24px)] flex-wrap gap-0.5 rounded-card border border-border bg-surface p-1"
    >
      {actionsFor('toolbar')
        .filter((action) => !ELSEWHERE.has(action.id) && canRun(action, session))
        .map((action) => (
          <IconButton
            key={action.id}
            size="sm"
            label={say(`actions.${action.id}`)}
            keys={keyCaps(keysOf(action)[0] ?? '')}
            icon={<ActionIcon name={action.icon} />}
            onClick={() => action.run(session)}
          />
        ))}
    </div>
  );
}
