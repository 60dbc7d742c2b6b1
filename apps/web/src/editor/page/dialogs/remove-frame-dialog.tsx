import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { removeFramesOnly, removeWithContent } from '../../core/actions/edit-actions.ts';
import { withContent } from '../../core/graph/removal.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** Names of steps that the question lists before it only counts. */
const LISTED = 6;

/** Asks before a container with steps in it goes: with all of them, or alone. Both can be undone. */
export function RemoveFrameDialog() {
  const session = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'removeFrame');
  const selected = useInterface((state) => state.selectedNodes);
  const document = useDocument();
  const all = withContent(document, session.catalog, selected);
  const inside = document.nodes.filter((node) => all.has(node.id) && !selected.has(node.id));
  const frame = document.nodes.find((node) => selected.has(node.id) && inside.some((inner) => inner.parent === node.id));
  const close = (): void => {
    session.ui.setState({ dialog: null });
    session.camera.current?.focus();
  };
  const act = (run: typeof removeWithContent) => (): void => {
    run(session);
    close();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : close())}
      title={t('removeFrame.title', { name: frame?.name ?? '' })}
      description={t('removeFrame.body', { count: inside.length })}
      widthPx={600}
      actions={
        <>
          <Button onClick={close}>{t('removeFrame.cancel')}</Button>
          <Button onClick={act(removeFramesOnly)}>{t('removeFrame.keep')}</Button>
          <Button variant="danger" onClick={act(removeWithContent)}>
            {t('removeFrame.all', { count: all.size })}
          </Button>
        </>
      }
    >
      <ul className="mt-3 border-l-2 border-border pl-3 text-body">
        {inside.slice(0, LISTED).map((node) => (
          <li key={node.id} className="truncate">
            {node.name}
          </li>
        ))}
        {inside.length > LISTED ? <li className="text-text-2">{t('removeFrame.more', { count: inside.length - LISTED })}</li> : null}
      </ul>
    </Dialog>
  );
}
