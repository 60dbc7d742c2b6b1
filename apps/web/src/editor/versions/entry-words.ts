import type { HistoryEntryView } from '@millwright/contracts';
import type { Format } from '../../i18n/format.ts';
import type { useTexts } from '../texts.ts';

type T = ReturnType<typeof useTexts>['t'];

/** What a state is called: its number, its name, or when it was kept. Null is the draft. */
export function entryTitle(entry: HistoryEntryView | null, t: T, format: Format): string {
  if (entry === null) return t('versions.draft');
  if (entry.kind === 'version') return t('versions.number', { number: entry.number });
  return entry.name ?? t('versions.kept', { time: format.dateTime(entry.at) });
}

/** Whether a state was kept by itself: many of these stand together. */
export function isAutomatic(entry: HistoryEntryView): boolean {
  return entry.kind === 'point' && entry.name === null;
}
