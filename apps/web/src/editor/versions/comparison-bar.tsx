import type { HistoryEntryView } from '@millwright/contracts';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Switch } from '../../ui/controls/switch.tsx';
import { MarkSign } from '../canvas/marks/mark-sign.tsx';
import { findAction } from '../core/actions/registry.ts';
import { keysOf } from '../core/actions/keymap.ts';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { canRun } from '../core/actions/user-action.ts';
import { type Comparison, MARKS } from '../core/graph/comparison.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { entryTitle } from './entry-words.ts';

function StepButton({ id, icon }: { readonly id: 'nextChange' | 'previousChange'; readonly icon: 'down' | 'up' }) {
  const session = useEditor();
  const { say } = useTexts();
  const action = findAction(id);
  if (!action) return null;
  return (
    <IconButton
      label={say(`actions.${id}`)}
      keys={keyCaps(keysOf(action)[0] ?? '')}
      icon={icon === 'down' ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
      disabled={!canRun(action, session)}
      onClick={() => action.run(session)}
    />
  );
}

/** Steps by mark, each with its sign. */
function Counts({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTexts();
  const places = comparison.groups.length;
  return (
    <ul aria-label={t('versions.counts', { count: places })} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-secondary">
      {MARKS.filter((mark) => comparison.counts[mark] > 0).map((mark) => (
        <li key={mark} className="flex items-center gap-1.5">
          <MarkSign mark={mark} sizePx={11} />
          {t(`versions.count.${mark}`, { count: comparison.counts[mark] })}
        </li>
      ))}
      {comparison.edgeMarks.size > 0 ? (
        <li className="text-text-2">{t('versions.count.lines', { count: comparison.edgeMarks.size })}</li>
      ) : null}
      {places === 0 ? <li className="text-text-2">{t('versions.same')}</li> : null}
    </ul>
  );
}

/** What is compared, how much differs, and the way through it. */
export function ComparisonBar({
  comparison,
  before,
  after,
  hidesMoved,
  onHideMoved,
  onRestore,
}: {
  readonly comparison: Comparison;
  readonly before: HistoryEntryView | null;
  readonly after: HistoryEntryView | null;
  readonly hidesMoved: boolean;
  readonly onHideMoved: (hides: boolean) => void;
  /** Null: the person may not. */
  readonly onRestore: ((entry: HistoryEntryView) => void) | null;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const kept = after ?? before;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-border bg-surface px-3 py-1.5">
      <h2 className="min-w-0 truncate text-body font-semibold">
        {t('versions.fromTo', { before: entryTitle(before, t, format), after: entryTitle(after, t, format) })}
      </h2>
      <Counts comparison={comparison} />
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the switch inside renders a control of its own */}
        <label className="flex items-center gap-2 text-secondary">
          <Switch checked={hidesMoved} onChange={onHideMoved} label={t('versions.hideMoved')} />
          <span aria-hidden="true">{t('versions.hideMoved')}</span>
        </label>
        <StepButton id="previousChange" icon="up" />
        <StepButton id="nextChange" icon="down" />
        {kept && !kept.current && onRestore ? (
          <Button className="max-w-72" onClick={() => onRestore(kept)}>
            <span className="truncate">{t('versions.restoreThis', { title: entryTitle(kept, t, format) })}</span>
          </Button>
        ) : null}
      </span>
    </div>
  );
}
