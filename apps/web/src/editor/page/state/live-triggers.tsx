import type { TriggerStateView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { findNode } from '../../core/graph/graph-queries.ts';
import { showField } from '../../core/state/interface-store.ts';
import { triggersQuery } from '../../inspector/trigger/trigger-query.ts';
import { useDocument, useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

function isInTrouble({ status }: TriggerStateView): boolean {
  return status === 'failing' || status === 'needsReconnect';
}

/**
 * Triggers of the live version that do not listen as they should; nothing while all do. Pressing it leads to the step, which says why and what
 * to do; pressing it again to the next.
 */
export function LiveTriggers() {
  const { workflowId, ui, camera } = useEditor();
  const { t } = useTexts();
  const document = useDocument();
  const presses = useRef(0);
  const { data } = useQuery(triggersQuery(workflowId));
  const amiss = (data?.triggers ?? []).filter((state) => isInTrouble(state) || state.refusal !== null);
  if (amiss.length === 0) return null;
  const isFailing = amiss.some(isInTrouble);
  const show = (): void => {
    const here = amiss.filter(({ nodeId }) => findNode(document, nodeId));
    const next = here[presses.current++ % here.length];
    if (next === undefined) return;
    camera.current?.reveal(next.nodeId);
    showField(ui, next.nodeId, '');
  };
  return (
    <Button
      size="sm"
      variant="quiet"
      onClick={show}
      aria-label={t(isFailing ? 'trigger.signFailing' : 'trigger.signAsked', { count: amiss.length })}
    >
      <TriangleAlert size={14} className={isFailing ? 'text-status-failed' : 'text-status-retrying'} aria-hidden="true" />
      <span aria-hidden="true">{t(isFailing ? 'trigger.failing' : 'trigger.signAskedShort')}</span>
    </Button>
  );
}
