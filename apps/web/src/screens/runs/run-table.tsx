import type { RunSummary } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFaultCatalog } from '../../api/fault-words.ts';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { StatusBadge } from '../../ui/states/status-badge.tsx';
import { statusOf } from '../../ui/states/status-glyph.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { outcomeWords, waitsForWords } from './run-words.ts';

/** A day, an hour, a minute, a second. */
const COARSE_MS = [86_400_000, 3_600_000, 60_000, 1000];

function RunName({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Link
        to="/runs/$runId"
        params={{ runId: run.id }}
        title={run.workflowName}
        className="max-w-full shrink-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        {run.workflowName}
      </Link>
      <span className="num min-w-0 truncate text-secondary text-text-3">
        {t('version', { version: run.versionNumber })} · {t(`mode.${run.mode}`)}
      </span>
    </span>
  );
}

function Duration({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const now = useNow();
  if (run.durationMs !== null) return <span className="num text-text-2">{format.duration(run.durationMs)}</span>;
  const elapsedMs = now - new Date(run.startedAt).getTime();
  // The clock moves every ten seconds: two units would only look exact.
  const unitMs = COARSE_MS.find((ms) => elapsedMs >= ms) ?? 1;
  const soFarMs = elapsedMs - (elapsedMs % unitMs);
  return <span className="num text-text-3">{soFarMs < 1000 ? '' : t('soFar', { duration: format.duration(soFarMs) })}</span>;
}

function Outcome({ run }: { readonly run: RunSummary }) {
  const faults = useFaultCatalog();
  const { t } = useTranslation('runs');
  const core = useTranslation('core');
  const format = useFormat();
  const now = useNow();
  const words =
    run.status === 'waiting' && run.waitsFor ? waitsForWords(run.waitsFor, core.t, { format, nowMs: now }) : outcomeWords(run, t, faults);
  if (words === '') return null;
  return (
    <span title={words} className={run.status === 'failed' ? 'text-text' : 'text-text-2'}>
      {words}
    </span>
  );
}

function Started({ run }: { readonly run: RunSummary }) {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={run.startedAt} title={format.exact(run.startedAt)} className="text-text-2">
      {format.relative(run.startedAt, now)}
    </time>
  );
}

/** Chooses a run for something that is done with several; lies above the row's link. */
function Choose({ run, choice }: { readonly run: RunSummary; readonly choice: RunChoice }) {
  const { t } = useTranslation('runs');
  const core = useTranslation('core');
  const format = useFormat();
  const status = core.t(`status.${statusOf(run.status, run.waitsFor)}`);
  return (
    <label className="relative z-1 -m-2 inline-flex p-2">
      <span className="sr-only">{t('bulk.choose', { workflow: run.workflowName, status, time: format.dateTime(run.startedAt) })}</span>
      <input
        type="checkbox"
        className="size-4 accent-(--accent)"
        checked={choice.chosen.has(run.id)}
        onChange={(event) => choice.onToggle(run.id, event.currentTarget.checked)}
      />
    </label>
  );
}

/** Which runs are chosen, and how that changes. */
export interface RunChoice {
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (runId: string, isChosen: boolean) => void;
}

/** The list of runs; a row opens the run on its canvas. @param choice absent: nothing can be chosen */
export function RunTable({ runs, choice }: { readonly runs: readonly RunSummary[]; readonly choice?: RunChoice | undefined }) {
  const { t } = useTranslation('runs');
  const choose: Column<RunSummary> | null = choice
    ? {
        key: 'choose',
        header: '',
        srHeader: t('bulk.column'),
        width: '44px',
        narrow: 'end',
        cell: (run) => <Choose run={run} choice={choice} />,
      }
    : null;
  const columns: readonly Column<RunSummary>[] = [
    ...(choose ? [choose] : []),
    {
      key: 'status',
      header: t('columns.status'),
      width: '152px',
      narrow: 'line',
      cell: (run) => <StatusBadge status={statusOf(run.status, run.waitsFor)} />,
    },
    { key: 'run', header: t('columns.run'), narrow: 'main', cell: (run) => <RunName run={run} /> },
    { key: 'started', header: t('columns.started'), width: '130px', cell: (run) => <Started run={run} /> },
    { key: 'duration', header: t('columns.duration'), width: '130px', align: 'end', wideOnly: true, cell: (run) => <Duration run={run} /> },
    { key: 'outcome', header: t('columns.outcome'), width: '30%', cell: (run) => <Outcome run={run} /> },
  ];
  return <Table label={t('title')} columns={columns} rows={runs} rowKey={(run) => run.id} />;
}
