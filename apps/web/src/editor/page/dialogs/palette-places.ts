import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { statusOf } from '../../../ui/states/status-glyph.tsx';
import { useTexts } from '../../texts.ts';

/** Something outside of this editor that the palette leads to. */
export interface PalettePlace {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly [];
  readonly run: () => void;
}

/** What was read stays good this long, ms: the palette is opened often. */
const FRESH_MS = 30_000;

/** What the server knows that a text may lead to; nothing is asked for an empty one. */
function useLists(query: string) {
  const enabled = query !== '';
  const workflows = useQuery({
    queryKey: ['palette', 'workflows', query],
    queryFn: ({ signal }) => api.workflows.list({ query }, { signal }),
    placeholderData: (before) => before,
    staleTime: FRESH_MS,
    enabled,
  });
  const runs = useQuery({
    queryKey: ['palette', 'runs'],
    queryFn: ({ signal }) => api.runs.list({}, { signal }),
    staleTime: FRESH_MS,
    enabled,
  });
  const connections = useQuery({
    queryKey: ['connections', 'list'],
    queryFn: ({ signal }) => api.credentials.list({}, { signal }),
    staleTime: FRESH_MS,
    enabled,
  });
  return { workflows, runs, connections };
}

/** Workflows whose names hold the text, the latest runs, and connections. Without a text nothing: actions and steps come first then. */
export function usePalettePlaces(text: string): readonly PalettePlace[] {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const format = useFormat();
  const navigate = useNavigate();
  const query = text.trim();
  const { workflows, runs, connections } = useLists(query);
  if (query === '') return [];
  return [
    ...(workflows.data?.items ?? []).map(({ id, name }) => ({
      id: `workflow:${id}`,
      title: t('palettePlaces.workflow', { name }),
      keys: [] as const,
      run: () => void navigate({ to: '/workflows/$workflowId', params: { workflowId: id } }),
    })),
    ...(runs.data?.items ?? []).map((run) => ({
      id: `run:${run.id}`,
      title: t('palettePlaces.run', {
        name: run.workflowName,
        status: core(`status.${statusOf(run.status, run.waitsFor)}`),
        time: format.dateTime(run.startedAt),
      }),
      keys: [] as const,
      run: () => void navigate({ to: '/runs/$runId', params: { runId: run.id } }),
    })),
    ...(connections.data?.items ?? []).map(({ id, name }) => ({
      id: `connection:${id}`,
      title: t('palettePlaces.connection', { name }),
      keys: [] as const,
      run: () => void navigate({ to: '/connections', search: { connection: id } }),
    })),
  ];
}
