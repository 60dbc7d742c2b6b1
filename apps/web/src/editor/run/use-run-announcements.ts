import type { RunSummary } from '@millwright/contracts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { statusOf } from '../../ui/states/status-glyph.tsx';
import { findNode } from '../core/graph/graph-queries.ts';
import type { EditorSession } from '../core/session.ts';
import type { OverlayState } from '../core/state/overlay-store.ts';

/** Key of what is said about a step that came to this status; null where nothing is. */
function keyOf(status: string): string | null {
  if (status === 'succeeded') return 'say.stepFinished';
  return status === 'failed' ? 'say.stepFailed' : null;
}

/** Says which steps ended since the last time. */
function tell(session: EditorSession, state: OverlayState, before: OverlayState): void {
  for (const [nodeId, step] of state.steps ?? []) {
    const old = before.steps?.get(nodeId);
    if (old === step || old?.last.status === step.last.status) continue;
    const key = keyOf(step.last.status);
    if (key !== null) session.say({ key, values: { name: findNode(session.draft.document(), nodeId)?.name ?? '' } });
  }
}

/** Tells how a run goes on while it is watched: steps that ended, and how the run stands. What was there when the page opened is not news. */
export function useRunAnnouncements(session: EditorSession | null, run: RunSummary | undefined): void {
  const { t: core } = useTranslation('core');
  useEffect(() => session?.overlay.subscribe((state, before) => tell(session, state, before)), [session]);
  const status = run && statusOf(run.status, run.waitsFor);
  const known = useRef(status);
  useEffect(() => {
    if (!session || status === undefined) return;
    if (known.current !== undefined && known.current !== status)
      session.say({ key: 'say.runNow', values: { status: core(`status.${status}`) } });
    known.current = status;
  }, [session, status, core]);
}
