import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '../../i18n/format.ts';
import { StatusGlyph, statusOf } from '../../ui/states/status-glyph.tsx';
import { selectNodes } from '../core/state/interface-store.ts';
import { stepIn } from '../core/state/overlay-store.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** The steps in the order in which they started: the run without the picture. */
export function StepList() {
  const { overlay, ui, camera } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const format = useFormat();
  const { nodes } = useDocument();
  const shown = useStore(overlay);
  const ran = nodes.flatMap((node) => {
    const step = stepIn(shown, node.id);
    return step ? [{ node, step }] : [];
  });
  const sorted = ran.toSorted((a, b) => a.step.last.startedAt.localeCompare(b.step.last.startedAt));
  if (sorted.length === 0) return <p className="p-4 text-body text-text-2">{t('run.nothingYet')}</p>;
  return (
    <nav aria-label={t('run.steps')} className="min-h-0 flex-1 overflow-y-auto p-2">
      <p className="px-2 pb-2 text-secondary text-text-3">{t('run.chooseStep')}</p>
      <ol>
        {sorted.map(({ node, step: { last } }) => (
          <li key={node.id}>
            <button
              type="button"
              className="flex h-(--row) w-full items-center gap-2.5 rounded-control px-2 text-left hover:bg-raised"
              onClick={() => {
                selectNodes(ui, [node.id]);
                camera.current?.reveal(node.id);
              }}
            >
              <StatusGlyph status={statusOf(last.status, last.waitsFor)} label={core(`status.${statusOf(last.status, last.waitsFor)}`)} />
              <span className="min-w-0 flex-1 truncate text-body">{node.name}</span>
              <span className="num text-secondary text-text-3">
                {last.finishedAt === null ? '' : format.duration(new Date(last.finishedAt).getTime() - new Date(last.startedAt).getTime())}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
