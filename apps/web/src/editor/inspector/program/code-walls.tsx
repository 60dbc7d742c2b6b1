import { useQuery } from '@tanstack/react-query';
import { Shield, ShieldAlert } from 'lucide-react';
import { api } from '../../../api/client.ts';
import type { WorkflowNode } from '@millwright/workflow';
import { useTexts } from '../../texts.ts';

/** How Code steps run on this install, in plain words: behind which walls, and what is missing for the language that was chosen. */
export function CodeWalls({ node }: { readonly node: WorkflowNode }) {
  const { t } = useTexts();
  const { data } = useQuery({ queryKey: ['code'], queryFn: ({ signal }) => api.code.get({}, { signal }), staleTime: 60_000 });
  // What is not known is not claimed; the step can be edited without it.
  if (!data || data.level === null) return null;
  const isWeak = data.level === 'L1';
  const Icon = isWeak ? ShieldAlert : Shield;
  return (
    <section
      aria-label={t('program.walls')}
      className="flex gap-2 rounded-control border border-border bg-canvas p-3 text-secondary text-text-2"
    >
      <Icon size={15} aria-hidden="true" className={isWeak ? 'mt-px shrink-0 text-status-retrying' : 'mt-px shrink-0 text-text-3'} />
      <div className="flex flex-col gap-1">
        <p>
          {t(`program.level.${data.level}`)} <span className="text-text-3">({data.level})</span>
        </p>
        {node.parameters['language'] === 'python' && !data.python ? <p className="text-status-failed">{t('program.noPython')}</p> : null}
        {data.packages.length > 0 ? <p>{t('program.packages', { names: data.packages.join(', ') })}</p> : null}
      </div>
    </section>
  );
}
