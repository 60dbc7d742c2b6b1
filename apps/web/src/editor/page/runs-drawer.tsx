import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { runErrorWords } from '../../api/fault-words.ts';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { StatusBadge } from '../../ui/states/status-badge.tsx';
import { statusOf } from '../../ui/states/status-glyph.tsx';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { useRunsFollowed } from './session/use-runs-followed.ts';

const LIMIT = 20;
function useLatestRuns() {
  const { workflowId } = useEditor();
  const queryKey = ['runs', 'latest', workflowId];
  useRunsFollowed(workflowId);
  return useQuery({ queryKey, queryFn: ({ signal }) => api.runs.list({ workflowId, limit: LIMIT }, { signal }) });
}

/** The latest runs of this workflow, live; each opens on the canvas of the version that ran. */
export function RunsDrawer() {
  const { t, faults } = useTexts();
  const { t: core } = useTranslation('core');
  const format = useFormat();
  const nowMs = useNow();
  const { data, error, refetch } = useLatestRuns();
  if (error && !data)
    return <ErrorState compact title={core('errors.title')} words={errorWords(error, core)} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} />;
  if (data.items.length === 0) {
    return (
      <div className="p-4 text-body">
        <p className="font-medium">{t('runs.none')}</p>
        <p className="text-text-2">{t('runs.noneHint')}</p>
      </div>
    );
  }
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto p-1.5">
      {data.items.map((run) => (
        <li key={run.id}>
          <Link
            to="/runs/$runId"
            params={{ runId: run.id }}
            className="flex h-(--row) items-center gap-4 rounded-control px-2 hover:bg-raised"
          >
            <span className="w-32 shrink-0">
              <StatusBadge status={statusOf(run.status, run.waitsFor)} />
            </span>
            <span className="num truncate text-text-2" title={format.exact(run.startedAt)}>
              {format.relative(run.startedAt, nowMs)}
            </span>
            <span className="num shrink-0 text-text-3">{run.durationMs === null ? '' : format.duration(run.durationMs)}</span>
            <span className="text-text-3">{t('runs.version', { number: run.versionNumber })}</span>
            <span className="min-w-0 flex-1 truncate text-status-failed">{run.error ? runErrorWords(run.error, faults).text : ''}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
