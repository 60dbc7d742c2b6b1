import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { Sheet } from '../../shell/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { ProofBoard } from './proof-board.tsx';
import { isUnderWay, reliabilityQuery } from './proof-queries.ts';
import { ElsewherePanel, PullPanel } from './pull-panel.tsx';

function Proofs() {
  const core = useTranslation('core');
  const { data, error, isError, refetch } = useQuery(reliabilityQuery);
  if (data === undefined) {
    return (
      <Sheet>
        {isError ? (
          <ErrorState title={core.t('errors.title')} words={errorWords(error, core.t)} onRetry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={3} />
        )}
      </Sheet>
    );
  }
  return (
    <>
      {data.canPullPlug ? <PullPanel isRunning={isUnderWay(data)} /> : <ElsewherePanel />}
      <ProofBoard view={data} isAway={isError} />
    </>
  );
}

/** A proof that accepted runs survive a killed server, on this server. For owners. */
export function ReliabilityPage() {
  const { t } = useTranslation('reliability');
  if (!useCan('reliability.prove')) {
    return (
      <EmptyState art={<Lock size={28} aria-hidden="true" />} title={t('forbidden.title')}>
        {t('forbidden.text')}
      </EmptyState>
    );
  }
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <p className="text-text-2">{t('intro')}</p>
      <Proofs />
    </div>
  );
}
