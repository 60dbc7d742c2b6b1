import { useState } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import type { TextChange } from '../core/find/plan-replace-text.ts';
import { useTexts } from '../texts.ts';
import { useHitWords } from './hit-words.ts';

/** Texts that the preview lists; all of them are replaced. */
const LISTED = 200;
/** Longest text that is shown of each, characters. */
const SHOWN = 240;

function Line({ change, isChosen, onChoose }: { readonly change: TextChange; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const words = useHitWords();
  const { t } = useTexts();
  return (
    <li className="flex items-start gap-3 border-b border-border py-2 last:border-0">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={onChoose}
        className="mt-1 size-4 accent-accent"
        aria-label={t('find.takePart', { place: `${words.ownerOf(change)}, ${words.placeOf(change)}` })}
      />
      <span className="min-w-0 flex-1">
        <span className="block text-secondary">
          <span className="font-medium">{words.ownerOf(change)}</span> <span className="text-text-3">{words.placeOf(change)}</span>
        </span>
        <del className="block font-mono text-meta break-words whitespace-pre-wrap text-status-failed">{change.before.slice(0, SHOWN)}</del>
        <ins className="block font-mono text-meta break-words whitespace-pre-wrap text-status-success no-underline">
          {change.after.slice(0, SHOWN)}
        </ins>
      </span>
    </li>
  );
}

/** What every text becomes, old above new, before anything is written. */
export function ReplacePreview({
  texts,
  onClose,
  onReplace,
}: {
  readonly texts: readonly TextChange[];
  readonly onClose: () => void;
  readonly onReplace: (texts: readonly TextChange[]) => void;
}) {
  const { t } = useTexts();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const chosen = texts.filter((_, index) => !left.has(index));
  const toggle = (index: number): void => {
    const next = new Set(left);
    if (!next.delete(index)) next.add(index);
    setLeft(next);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('find.previewTitle', { count: texts.length })}
      description={t('find.previewIntro')}
      widthPx={640}
      actions={
        <>
          <Button onClick={onClose}>{t('find.cancel')}</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={() => onReplace(chosen)}>
            {t('find.confirm', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <ul className="mt-3 max-h-96 overflow-y-auto">
        {texts.slice(0, LISTED).map((change, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes while it is shown
          <Line key={index} change={change} isChosen={!left.has(index)} onChoose={() => toggle(index)} />
        ))}
        {texts.length > LISTED ? (
          <li className="py-2 text-secondary text-text-3">{t('find.more', { count: texts.length - LISTED })}</li>
        ) : null}
      </ul>
    </Dialog>
  );
}
