import { CircleAlert } from 'lucide-react';
import { Button } from '../../../ui/controls/button.tsx';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Spinner } from '../../../ui/controls/spinner.tsx';
import { actionsFor } from '../../core/actions/registry.ts';
import { keysOf } from '../../core/actions/keymap.ts';
import { keyCaps } from '../../core/actions/shortcuts.ts';
import { cancelTidy } from '../../core/actions/arrange/tidy-action.ts';
import { canRun } from '../../core/actions/user-action.ts';
import { ActionIcon } from '../../look/action-icon.tsx';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** What can be done with several things at once: beside each other, with equal space, in order, as one section. */
function SelectionBar() {
  const session = useEditor();
  const { t, say } = useTexts();
  return (
    <div role="toolbar" aria-label={t('arrange.bar')} className="mw-arrange float">
      {actionsFor('arrange').map((action) => (
        <IconButton
          key={action.id}
          size="sm"
          label={say(`actions.${action.id}`)}
          keys={keyCaps(keysOf(action)[0] ?? '')}
          icon={<ActionIcon name={action.icon} />}
          disabled={!canRun(action, session)}
          onClick={() => action.run(session)}
        />
      ))}
    </div>
  );
}

/** That steps are being put in order, with a way to stop it; or why it was given up. */
function TidyBar() {
  const session = useEditor();
  const { t } = useTexts();
  const tidy = useInterface((state) => state.tidy);
  if (tidy === null) return null;
  const isRunning = tidy.kind === 'running';
  return (
    <div role={isRunning ? 'status' : 'alert'} className="mw-arrange float px-3!">
      {isRunning ? <Spinner /> : <CircleAlert size={16} className="text-status-failed" aria-hidden="true" />}
      <span className="text-secondary">{isRunning ? t('arrange.running', { count: tidy.count }) : t(`arrange.${tidy.reason}`)}</span>
      <Button size="sm" onClick={() => (cancelTidy(session), session.camera.current?.focus())}>
        {t(isRunning ? 'arrange.cancel' : 'arrange.close')}
      </Button>
    </div>
  );
}

/** The bar above the canvas: of a selection of several things, or of putting steps in order. */
export function ArrangeBar() {
  const { isReadOnly } = useEditor();
  const isSeveral = useInterface((state) => state.selectedNodes.size > 1);
  const isTidying = useInterface((state) => state.tidy !== null);
  if (isTidying) return <TidyBar />;
  return isSeveral && !isReadOnly ? <SelectionBar /> : null;
}
