import { setColor } from '../../core/actions/arrange/annotation-actions.ts';
import { ANNOTATION_COLORS } from '../../core/graph/annotations/notes.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** The colours of a chosen note or section; the keyboard has an action for it. */
export function ColorDots({ id, color }: { readonly id: string; readonly color: string }) {
  const session = useEditor();
  const { t } = useTexts();
  return (
    <div className="mw-colors nodrag nopan" role="group" aria-label={t('note.colors')}>
      {ANNOTATION_COLORS.map((name) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          data-color={name}
          aria-pressed={name === color}
          aria-label={t(`note.color.${name}`)}
          title={t(`note.color.${name}`)}
          onClick={() => setColor(session, [id], name)}
        />
      ))}
    </div>
  );
}
