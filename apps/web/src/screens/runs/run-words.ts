import type { RunSummary } from '@millwright/contracts';
import type { WaitsFor } from '@millwright/workflow';
import type { TFunction } from 'i18next';
import { type FaultCatalog, runErrorWords } from '../../api/fault-words.ts';
import type { Format } from '../../i18n/format.ts';

type CoreT = TFunction;
type RunsT = TFunction<'runs'>;

/** How times are written, and from when they are seen. */
interface Clock {
  readonly format: Format;
  /** Ms since 1970. */
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/** "14:05:00" within a day, date and time beyond. */
function whenWords(untilMs: number, nowMs: number, format: Format): string {
  return Math.abs(untilMs - nowMs) < DAY_MS / 2 ? format.time(untilMs) : format.dateTime(untilMs);
}

/** What a waiting run or step waits for, as a sentence. */
export function waitsForWords({ kind, untilMs, who }: WaitsFor, t: CoreT, { format, nowMs }: Clock): string {
  if (kind === 'timer')
    return untilMs === undefined ? t('waitsFor.timerOpen') : t('waitsFor.timer', { time: whenWords(untilMs, nowMs, format) });
  if (kind === 'retry')
    return untilMs === undefined || untilMs <= nowMs
      ? t('waitsFor.retryOpen')
      : t('waitsFor.retry', { time: format.relative(untilMs, nowMs) });
  if (kind === 'approval' && who) return t('waitsFor.approvalWho', { who });
  return t(`waitsFor.${kind}`);
}

/** What happened in a run that did not simply succeed; empty when there is nothing to say. */
export function outcomeWords(run: RunSummary, t: RunsT, faults: FaultCatalog): string {
  const { error, reason, status } = run;
  if (status !== 'failed' && status !== 'canceled') return '';
  const continued = run.resumedByRunId === undefined ? '' : `${t('continued')} `;
  return continued + reasonWords({ error, reason, status }, t, faults);
}

function reasonWords({ error, reason, status }: Pick<RunSummary, 'error' | 'reason' | 'status'>, t: RunsT, faults: FaultCatalog): string {
  if (error) {
    const text = runErrorWords(error, faults).text || error.hint || t('reason.error');
    return error.itemIndex === undefined ? text : t('item', { number: error.itemIndex + 1, text });
  }
  return reason ? t(`reason.${reason}`) : status === 'failed' ? t('reason.error') : '';
}
