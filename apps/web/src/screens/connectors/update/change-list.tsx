import type { ConnectorChangesView, StepChangeView } from '@millwright/contracts';
import type { TFunction } from 'i18next';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../connections/parts/notice.tsx';

type OperationChange = ConnectorChangesView['operations'][number];

function wordsOf(change: StepChangeView, t: TFunction<'connectors'>): string {
  return 'name' in change ? t(`update.what.${change.kind}`, { name: change.name }) : t(`update.what.${change.kind}`);
}

/** What became of one operation, in sentences. */
function Operation({ change: { title, operation, kind, what } }: { readonly change: OperationChange }) {
  const { t } = useTranslation('connectors');
  const sentences = kind === 'changed' && what.length === 0 ? [t('update.what.another')] : what.map((one) => wordsOf(one, t));
  return (
    <li className="min-w-0 py-1">
      <bdi className="font-medium break-words">{title}</bdi>{' '}
      <code className="font-mono text-secondary break-all text-text-3">{operation}</code>
      {sentences.length === 0 ? null : <span className="block text-secondary break-words text-text-2">{sentences.join(' ')}</span>}
    </li>
  );
}

function Group({ title, hint, children }: { readonly title: string; readonly hint: string; readonly children?: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="font-semibold break-words">{title}</h3>
      <p className="text-secondary text-text-3">{hint}</p>
      {children}
    </section>
  );
}

function Operations({ changes }: { readonly changes: readonly OperationChange[] }) {
  return (
    <ul className="mt-1">
      {changes.map((change) => (
        <Operation key={change.operation} change={change} />
      ))}
    </ul>
  );
}

/** What a newer description changes, before anything happens. */
export function ChangeList({ changes }: { readonly changes: ConnectorChangesView }) {
  const { t } = useTranslation('connectors');
  const { operations, hostsAdded, signInAdded, isReworded } = changes;
  const of = (kind: OperationChange['kind']): readonly OperationChange[] => operations.filter((one) => one.kind === kind);
  const [changed, removed, added] = [of('changed'), of('removed'), of('added')];
  const isSame = changed.length + removed.length + hostsAdded.length + signInAdded.length === 0;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {isSame ? (
        <Notice tone="info" title={t(isReworded ? 'update.reworded' : 'update.nothing')}>
          {added.length > 0 ? t('update.nothingNext') : null}
        </Notice>
      ) : null}
      {hostsAdded.length > 0 ? (
        <p className="flex items-start gap-2 font-medium break-words">
          <TriangleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-status-retrying" />
          {t('update.hosts', { count: hostsAdded.length, hosts: hostsAdded.join(', ') })}
        </p>
      ) : null}
      {signInAdded.length > 0 ? (
        <Group title={t('update.signIn', { labels: signInAdded.join(', ') })} hint={t('update.signInHint')} />
      ) : null}
      {changed.length > 0 ? (
        <Group title={t('update.changed', { count: changed.length })} hint={t('update.changedHint')}>
          <Operations changes={changed} />
        </Group>
      ) : null}
      {removed.length > 0 ? (
        <Group title={t('update.removed', { count: removed.length })} hint={t('update.removedHint')}>
          <Operations changes={removed} />
        </Group>
      ) : null}
      {added.length > 0 ? <Group title={t('update.added', { count: added.length })} hint={t('update.addedHint')} /> : null}
    </div>
  );
}
