import { Play, Rocket, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { SAMPLE_TEMPLATE } from './template-words.ts';
import { useCreateWorkflow } from './workflow-queries.ts';

const steps = [
  { key: 'pick', icon: Sparkles },
  { key: 'test', icon: Rocket },
  { key: 'watch', icon: Play },
] as const;

/** A trigger that branches into two steps and ends well: what a workflow looks like. */
function Drawing() {
  return (
    <svg width="296" height="88" viewBox="0 0 296 88" fill="none" aria-hidden="true" className="max-w-full">
      <path
        d="M72 44h24c12 0 10-22 24-22h16M72 44h24c12 0 10 22 24 22h16M208 22h12c14 0 12 22 24 22M208 66h12c14 0 12-22 24-22"
        stroke="var(--border-strong)"
        strokeWidth="1.5"
      />
      <rect x="4" y="28" width="68" height="32" rx="16" fill="var(--surface)" stroke="var(--border-strong)" />
      <circle cx="20" cy="44" r="6" fill="var(--accent)" />
      <path d="M33 44h26" stroke="var(--border)" strokeWidth="4" strokeLinecap="round" />
      {[22, 66].map((y, index) => (
        <g key={y}>
          <rect x="136" y={y - 16} width="72" height="32" rx="7" fill="var(--surface)" stroke="var(--border-strong)" />
          <path d={`M140.5 ${y - 9}v18`} stroke={`var(--cat-${index === 0 ? 6 : 4})`} strokeWidth="3" strokeLinecap="round" />
          <path d={`M152 ${y - 5}h40`} stroke="var(--border-strong)" strokeWidth="3.5" strokeLinecap="round" />
          <path d={`M152 ${y + 5}h24`} stroke="var(--border)" strokeWidth="3.5" strokeLinecap="round" />
        </g>
      ))}
      <circle cx="264" cy="44" r="19" fill="var(--surface)" stroke="var(--status-success)" strokeWidth="1.5" />
      <path
        d="m256.5 44.5 5.5 5.5 10.5-11.5"
        stroke="var(--status-success)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The empty workflow list: a sample, and what happens next. */
export function FirstSteps() {
  const { t } = useTranslation('workflows');
  const create = useCreateWorkflow();
  const canEdit = useCan('workflows.edit');
  if (!canEdit) return <EmptyState title={t('title')}>{t('empty.viewer')}</EmptyState>;
  const isSample = create.variables?.template === SAMPLE_TEMPLATE;
  return (
    <div className="flex flex-col items-center px-4 py-10 sm:py-14">
      <Drawing />
      <h2 className="mt-4 text-center text-hero font-semibold tracking-tight">{t('empty.title')}</h2>
      <p className="mt-1 max-w-md text-center text-body text-balance text-text-2">{t('empty.intro')}</p>
      <ol className="mt-8 grid w-full max-w-3xl gap-3 sm:grid-cols-3">
        {steps.map(({ key, icon: Icon }, index) => (
          <li key={key} className="rounded-card border border-border bg-canvas p-4">
            <div className="flex items-center gap-2">
              <span className="grid size-6 place-items-center rounded-full bg-raised text-secondary font-semibold text-text-2">
                {index + 1}
              </span>
              <Icon size={16} className="ml-auto text-accent" aria-hidden="true" />
            </div>
            <h3 className="mt-3 text-body font-semibold">{t(`empty.steps.${key}.title`)}</h3>
            <p className="mt-0.5 text-secondary text-text-2">{t(`empty.steps.${key}.text`)}</p>
          </li>
        ))}
      </ol>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <Button
          variant="primary"
          size="lg"
          busy={create.isPending && isSample}
          onClick={() => create.mutate({ name: t('templates.lead-intake.title'), template: SAMPLE_TEMPLATE })}
        >
          {t('empty.sample')}
        </Button>
        <Button size="lg" busy={create.isPending && !isSample} onClick={() => create.mutate({ name: t('untitled') })}>
          {t('empty.blank')}
        </Button>
      </div>
    </div>
  );
}
