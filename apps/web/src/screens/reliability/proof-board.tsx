import type { ProofView, ReliabilityView } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Sheet } from '../../shell/page.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { classes } from '../../ui/controls/classes.ts';

const FIGURES = ['accepted', 'finished', 'repeated', 'lost'] as const;

function Figure({ name, value }: { readonly name: (typeof FIGURES)[number]; readonly value: number }) {
  const { t } = useTranslation('reliability');
  const format = useFormat();
  return (
    <div className="min-w-0 rounded-control border border-border p-3">
      <dt className="text-secondary font-medium text-text-2">{t(`proof.${name}`)}</dt>
      <dd className={classes('text-[28px] leading-tight font-semibold tabular-nums', name === 'lost' && value > 0 && 'text-status-failed')}>
        {format.number(value)}
      </dd>
      <dd className="text-meta text-text-3">{t(`proof.${name}Hint`)}</dd>
    </div>
  );
}

/** What is going on, in a sentence. */
function useStanding(proof: ProofView, isAway: boolean): string {
  const { t } = useTranslation('reliability');
  const { status, accepted, finished, runs, lost } = proof;
  if (isAway && (status === 'starting' || status === 'recovering')) return t('proof.away');
  switch (status) {
    case 'starting':
      return t('proof.starting', { accepted, runs });
    case 'recovering':
      return t('proof.recovering', { finished, runs });
    case 'stopped':
      return t('proof.stopped');
    case 'finished':
      return lost > 0 ? t('proof.lostRuns', { count: lost }) : t('proof.kept', { accepted });
  }
}

function Board({ proof, processId, isAway }: { readonly proof: ProofView; readonly processId: number | null; readonly isAway: boolean }) {
  const { t } = useTranslation('reliability');
  const format = useFormat();
  const standing = useStanding(proof, isAway);
  const { killedAt, killedProcessId, effects, repeated, workflowId } = proof;
  return (
    <div className="flex flex-col gap-4 p-4 sm:p-5">
      <output className="block font-medium">{standing}</output>
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {FIGURES.map((name) => (
          <Figure key={name} name={name} value={proof[name]} />
        ))}
      </dl>
      {repeated > 0 ? <p className="text-text-2">{t('proof.twice', { effects, repeated })}</p> : null}
      {killedAt !== null && killedProcessId !== null && processId !== null && processId !== killedProcessId ? (
        <p className="text-text-2">
          {t('proof.processes', { old: String(killedProcessId), now: String(processId), time: format.time(killedAt) })}
        </p>
      ) : null}
      <div>
        <Link to="/runs" search={{ workflow: workflowId }} className={buttonClass('secondary')}>
          {t('proof.history')}
        </Link>
      </div>
    </div>
  );
}

/** The counts of the last proof, live. */
export function ProofBoard({ view, isAway }: { readonly view: ReliabilityView; readonly isAway: boolean }) {
  const { t } = useTranslation('reliability');
  return (
    <div>
      <h2 className="mb-2 text-panel font-semibold">{t('proof.title')}</h2>
      <Sheet>
        {view.proof === null ? (
          <p className="p-4 text-text-2 sm:p-5">{t('proof.empty')}</p>
        ) : (
          <Board proof={view.proof} processId={view.processId} isAway={isAway} />
        )}
      </Sheet>
    </div>
  );
}
