import { useState } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { controlClass } from '../../ui/controls/text-input.tsx';
import type { Hit } from '../core/find/find-hits.ts';
import { planTextChanges, previewReplacement, type TextChange } from '../core/find/plan-replace-text.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { ReplacePreview } from './replace-preview.tsx';

interface ReplaceFormProps {
  readonly hits: readonly Hit[];
  readonly index: number;
  readonly isDone: boolean;
}

/** The buttons: this hit at once, all of them after a look. */
function ReplaceButtons({
  hits,
  index,
  isDone,
  onOne,
  onAll,
}: ReplaceFormProps & { readonly onOne: (hit: Hit) => void; readonly onAll: () => void }) {
  const { t } = useTexts();
  const count = hits.filter((hit) => hit.replaceable !== null).length;
  const current = hits[index];
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" disabled={!current?.replaceable} onClick={() => (current ? onOne(current) : undefined)}>
          {t('find.replaceOne')}
        </Button>
        <Button size="sm" disabled={!isDone || count === 0} onClick={onAll}>
          {t('find.replaceAll', { count })}
        </Button>
      </div>
      {count < hits.length ? <p className="text-secondary text-text-3">{t('find.kept', { count: hits.length - count })}</p> : null}
    </>
  );
}

/** What the hits become: one, or all after they were shown. */
export function ReplaceForm({ hits, index, isDone }: ReplaceFormProps) {
  const { draft, say } = useEditor();
  const { t } = useTexts();
  const document = useDocument();
  const [to, setTo] = useState('');
  const [preview, setPreview] = useState<readonly TextChange[] | null>(null);
  const write = (texts: readonly TextChange[]): void => {
    draft.apply(planTextChanges(document, texts));
    setPreview(null);
    say({ key: 'find.replaced', values: { count: texts.length } });
  };
  return (
    <div className="flex flex-col gap-2">
      <input
        type="text"
        aria-label={t('find.replaceWith')}
        placeholder={t('find.replaceWith')}
        autoComplete="off"
        spellCheck={false}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        className={`${controlClass} h-9 w-full`}
      />
      <ReplaceButtons
        hits={hits}
        index={index}
        isDone={isDone}
        onOne={(hit) => write(previewReplacement(document, [hit], to))}
        onAll={() => setPreview(previewReplacement(document, hits, to))}
      />
      {preview ? <ReplacePreview texts={preview} onClose={() => setPreview(null)} onReplace={write} /> : null}
    </div>
  );
}
