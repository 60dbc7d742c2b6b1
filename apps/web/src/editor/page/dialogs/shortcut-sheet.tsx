import { Dialog } from '../../../ui/layers/dialog.tsx';
import { Kbd } from '../../../ui/controls/kbd.tsx';
import { userActions } from '../../core/actions/registry.ts';
import { keyCaps } from '../../core/actions/shortcuts.ts';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

const GROUPS = ['step', 'edit', 'view', 'workflow'] as const;

/** `?`: every shortcut, from the registry of actions. */
export function ShortcutSheet() {
  const { ui } = useEditor();
  const { t, say } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'shortcuts');
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : ui.setState({ dialog: null }))}
      title={t('shortcuts.title')}
      description={t('shortcuts.hint')}
      widthPx={680}
    >
      <div className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-secondary font-semibold text-text-2">{t(`shortcuts.${group}`)}</h3>
            {userActions
              .filter((action) => action.group === group && action.keys.length > 0)
              .map((action) => (
                <p key={action.id} className="flex h-7 items-center justify-between gap-3 text-body">
                  <span className="min-w-0 truncate">{say(`actions.${action.id}`)}</span>
                  <Kbd keys={keyCaps(action.keys[0] ?? '')} />
                </p>
              ))}
          </section>
        ))}
        <section>
          <h3 className="mb-1 text-secondary font-semibold text-text-2">{t('shortcuts.moving')}</h3>
          <p className="flex h-7 items-center justify-between gap-3 text-body">
            <span>{t('shortcuts.arrows')}</span>
            <Kbd keys={['←', '↑', '↓', '→']} />
          </p>
          <p className="flex h-7 items-center justify-between gap-3 text-body">
            <span>{t('shortcuts.escape')}</span>
            <Kbd keys={['Escape']} />
          </p>
        </section>
      </div>
    </Dialog>
  );
}
