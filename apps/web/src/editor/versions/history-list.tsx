import type { HistoryEntryView } from '@millwright/contracts';
import { ChevronRight } from 'lucide-react';
import { useFormat } from '../../i18n/format.ts';
import { LoadMore } from '../../ui/controls/load-more.tsx';
import { useTexts } from '../texts.ts';
import { isAutomatic } from './entry-words.ts';
import { EntryRow, type EntryRowProps } from './entry-row.tsx';
import { DRAFT_ID, type useHistoryList } from './use-history.ts';

type RowParts = Omit<EntryRowProps, 'entry' | 'older'>;

/** States of one day, the newest first. */
interface Day {
  readonly date: string;
  readonly entries: readonly HistoryEntryView[];
}

function daysOf(entries: readonly HistoryEntryView[], dateOf: (time: string) => string): readonly Day[] {
  return [...Map.groupBy(entries, (entry) => dateOf(entry.at))].map(([date, own]) => ({ date, entries: own }));
}

function AutomaticPoints({
  entries,
  all,
  parts,
}: {
  readonly entries: readonly HistoryEntryView[];
  readonly all: readonly HistoryEntryView[];
  readonly parts: RowParts;
}) {
  const { t } = useTexts();
  const isChosen = entries.some(({ id }) => id === parts.compared.before || id === parts.compared.after);
  if (entries.length === 0) return null;
  return (
    <details open={isChosen || undefined} className="group">
      <summary className="flex min-h-8 cursor-pointer items-center gap-2 rounded-control px-3 text-secondary text-text-2 hover:bg-raised pointer-coarse:min-h-11">
        <ChevronRight size={14} className="text-text-3 group-open:rotate-90" aria-hidden="true" />
        {t('versions.automatic', { count: entries.length })}
      </summary>
      <ul>
        {entries.map((entry) => (
          <EntryRow key={entry.id} {...parts} entry={entry} older={all[all.indexOf(entry) + 1]?.id ?? null} />
        ))}
      </ul>
    </details>
  );
}

function DayGroup({ day, all, parts }: { readonly day: Day; readonly all: readonly HistoryEntryView[]; readonly parts: RowParts }) {
  return (
    <section aria-label={day.date} className="border-b border-border/70 pb-1.5">
      <h2 className="px-3 pt-2.5 pb-1 text-meta font-medium text-text-3">{day.date}</h2>
      <ul>
        {day.entries
          .filter((entry) => !isAutomatic(entry))
          .map((entry) => (
            <EntryRow key={entry.id} {...parts} entry={entry} older={all[all.indexOf(entry) + 1]?.id ?? null} />
          ))}
      </ul>
      <AutomaticPoints entries={day.entries.filter(isAutomatic)} all={all} parts={parts} />
    </section>
  );
}

/** Every state of the workflow, the newest first; two of them are compared, and each offers what can be done with it. */
export function HistoryList({ list, ...parts }: RowParts & { readonly list: ReturnType<typeof useHistoryList> }) {
  const { t } = useTexts();
  const format = useFormat();
  const entries = list.entries ?? [];
  return (
    <section
      aria-label={t('versions.list')}
      className="flex w-80 shrink-0 flex-col overflow-y-auto border-r border-border bg-surface max-md:max-h-[45dvh] max-md:w-full max-md:border-r-0 max-md:border-b"
    >
      <p className="sticky top-0 z-[1] flex gap-1 border-b border-border bg-surface px-1 py-1.5 text-meta text-text-3">
        <span className="w-13 shrink-0 text-center">{t('versions.before')}</span>
        <span className="w-13 shrink-0 text-center">{t('versions.after')}</span>
      </p>
      <ul className="border-b border-border/70 py-1">
        <EntryRow {...parts} entry={null} older={entries[0]?.id ?? null} key={DRAFT_ID} />
      </ul>
      {daysOf(entries, format.date).map((day) => (
        <DayGroup key={day.date} day={day} all={entries} parts={parts} />
      ))}
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      {list.hasNextPage || entries.length === 0 ? null : <p className="px-3 py-3 text-meta text-text-3">{t('versions.bottom')}</p>}
    </section>
  );
}
