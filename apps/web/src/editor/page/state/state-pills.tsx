import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense } from 'react';
import { fetched } from '../../../ui/fetched.ts';
import { Pill } from '../../../ui/states/pill.tsx';
import { useMedia } from '../../../ui/use-media.ts';
import { workflowQuery } from '../../inspector/webhook/endpoint.ts';
import { useDocumentPart, useEditor } from '../../session-context.ts';
import { loadPanelTexts, useTexts } from '../../texts.ts';
import { useChangeCount } from './use-change-count.ts';

const LiveTriggers = fetched(async () => {
  const [part] = await Promise.all([import('./live-triggers.tsx'), loadPanelTexts()]);
  return part.LiveTriggers;
});

/** Windows in which the top bar has no room for the pills; the canvas cannot be edited there either. */
const NARROW = '(width < 768px)';

/** Whether the pills need a line of their own. */
export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** Draft and live, always both: what is edited here and how much of it is not live, and what runs. */
export function StatePills() {
  const { workflowId, catalog } = useEditor();
  const { t } = useTexts();
  const { data } = useQuery(workflowQuery(workflowId));
  const live = data?.liveVersion ?? null;
  const hasTrigger = useDocumentPart(({ nodes }) => nodes.some(({ type, version }) => catalog.get(type, version)?.connectorTrigger));
  const count = useChangeCount(live !== null && data?.draft.changed ? live.id : null);
  if (!data) return null;
  const { draft, state } = data;
  const draftText =
    live === null
      ? t('publishing.draft')
      : !draft.changed || count === 0
        ? t('publishing.draftSame')
        : count === null
          ? t('page.draftChanged')
          : t('publishing.draftCount', { count });
  const isChanged = live === null || (draft.changed && count !== 0);
  return (
    <span role="group" aria-label={t('publishing.states')} className="flex shrink-0 items-center gap-1.5">
      <Pill tone={isChanged ? 'accent' : 'neutral'}>{draftText}</Pill>
      {live ? (
        <Pill tone={state === 'off' ? 'neutral' : 'success'}>
          {state === 'off' ? t('page.off', { number: live.number }) : t('page.live', { number: live.number })}
        </Pill>
      ) : (
        <Pill>{t('page.notLive')}</Pill>
      )}
      {live && state !== 'off' && hasTrigger ? (
        <Suspense fallback={null}>
          <LiveTriggers />
        </Suspense>
      ) : null}
    </span>
  );
}

/** The pills below the bar of a narrow window. @param children what can be done about it, at the right */
export function StateStrip({ children }: { readonly children?: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 border-b border-border bg-surface px-3 py-0.5">
      <StatePills />
      <span className="ml-auto flex items-center gap-1">{children}</span>
    </div>
  );
}
