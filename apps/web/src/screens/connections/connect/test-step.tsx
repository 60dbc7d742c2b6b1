import type { CredentialView } from '@millwright/contracts';
import { unreachable } from '@millwright/core';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { Skeleton } from '../../../ui/states/skeleton.tsx';
import { appOf, needsPerson, reconnectMove, useReason } from '../connection-words.ts';
import type { useTestConnection } from '../connection-queries.ts';
import { Notice } from '../parts/notice.tsx';

/** What a test came to, in words. */
export function TestResult({ connection }: { readonly connection: CredentialView }) {
  const { t } = useTranslation('connections');
  const reason = useReason()(connection.health);
  const values = { app: appOf(connection), account: connection.account ?? '' };
  const next = needsPerson(connection)
    ? t(`test.next.${reconnectMove(connection)}`)
    : reason.hint === ''
      ? t('test.failsNext')
      : reason.hint;
  switch (connection.health.status) {
    case 'working':
      return <Notice tone="good" title={connection.account === null ? t('test.works', values) : t('test.worksAs', values)} />;
    case 'untested':
      return (
        <Notice tone="info" title={t('test.untested')}>
          {t('test.untestedNext')}
        </Notice>
      );
    case 'notConnected':
    case 'failing':
    case 'needsReconnect':
      return (
        <Notice tone="bad" title={connection.health.status === 'notConnected' ? t('health.notConnected') : t('test.fails', values)}>
          <p>{reason.text}</p>
          <p>{next}</p>
        </Notice>
      );
    default:
      return unreachable(connection.health.status);
  }
}

/** A test while it runs, and what it came to. */
export function TestStep({ test }: { readonly test: ReturnType<typeof useTestConnection> }) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  if (test.data) return <TestResult connection={test.data} />;
  if (test.isError) {
    const words = errorWords(test.error, core.t);
    return (
      <Notice tone="bad" title={words.what}>
        {words.next}
      </Notice>
    );
  }
  if (!test.isPending) return null;
  return (
    <div role="status" className="flex items-center gap-3 rounded-card border border-border p-3 text-text-2">
      <Skeleton className="size-4 rounded-full" />
      {t('test.running')}
    </div>
  );
}
