import { Play, Rocket, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SAMPLE_TEMPLATE } from './template-words.ts';
import { useCreateWorkflow } from './workflow-queries.ts';

const steps = [
  { key: 'pick', icon: Sparkles },
  { key: 'test', icon: Rocket },
  { key: 'watch', icon: Play },
] as const;

/** Three small cards on a thread: what a workflow looks like. */
function Drawing() {
  const card = { width: 56, height: 26, rx: 6, fill: 'var(--surface)', stroke: 'var(--border-strong)' };
  return (
    <svg width="264" height="72" viewBox="0 0 264 72" fill="none" aria-hidden="true">
      <path d="M64 36h30c10 0 10-16 20-16h18M94 36c10 0 10 16 20 16h18M188 20h10c10 0 10 16 20 16M188 52h10c10 0 10-16 20-16" stroke="var(--border-strong)" strokeWidth="1.5" />
      <rect x="8" y="23" {...card} rx={13} />
      <rect x="132" y="7" {...card} />
      <rect x="132" y="39" {...card} />
      <path d="M8.75 36A12.25 12.25 0 0 1 21 23.75" stroke="var(--accent)" strokeWidth="3" />
      <path d="M133.5 12v16M133.5 44v16" stroke="var(--cat-4)" strokeWidth="3" strokeLinecap="round" />
      <circle cx="236" cy="36" r="18" fill="var(--surface)" stroke="var(--status-success)" strokeWidth="1.5" />
      <path d="m228.5 36.5 5 5 10-11" stroke="var(--status-success)" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
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
      <p className="mt-1 max-w-md text-center text-body text-text-2">{t('empty.intro')}</p>
      <ol className="mt-8 grid w-full max-w-3xl gap-3 sm:grid-cols-3">
        {steps.map(({ key, icon: Icon }, index) => (
          <li key={key} className="rounded-card border border-border bg-canvas p-4">
            <div className="flex items-center gap-2">
              <span className="grid size-6 place-items-center rounded-full bg-raised text-secondary font-semibold text-text-2">{index + 1}</span>
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
