import { ApiError } from '@millwright/client';
import type { MailView } from '@millwright/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { MailCheck, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { Sheet } from '../../shell/page.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { LoadMore } from '../../ui/controls/load-more.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { faultKey } from './fault-words.ts';
import { outboxQuery, useRetryMail } from './mail-queries.ts';

const GLYPHS = { waiting: 'waiting', sent: 'succeeded', failed: 'failed', canceled: 'canceled' } as const;
const FILTERS = ['all', 'waiting', 'failed', 'sent', 'canceled'] as const;

function MailCell({ mail }: { readonly mail: MailView }) {
  const { t } = useTranslation('mail');
  return (
    <span className="block min-w-0 py-1.5">
      <span className="block truncate font-medium" title={mail.subject}>
        <bdi>{mail.subject}</bdi>
      </span>
      <span className="block truncate text-secondary text-text-3" title={mail.recipient}>
        {t(`outbox.kinds.${mail.kind}`)} · {t('outbox.to', { recipient: mail.recipient })}
      </span>
    </span>
  );
}

function StateCell({ mail }: { readonly mail: MailView }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const nowMs = useNow();
  const { state, error, nextAt } = mail;
  const isRetrying = state === 'waiting' && error !== null;
  const notes = [
    ...(error === null || state === 'sent' ? [] : [t(faultKey(error.code)), error.text]),
    ...(isRetrying && nextAt !== null && Date.parse(nextAt) > nowMs ? [t('outbox.next', { time: format.relative(nextAt, nowMs) })] : []),
  ].filter((note) => note !== '');
  return (
    <span className="block min-w-0 py-1.5">
      <span className="flex items-center gap-1.5">
        <StatusGlyph status={isRetrying ? 'retrying' : GLYPHS[state]} />
        {t(`outbox.states.${state}`)}
      </span>
      {notes.map((note) => (
        <span key={note} className="block text-secondary break-words whitespace-normal text-text-3">
          {note}
        </span>
      ))}
    </span>
  );
}

function RetryCell({ mail }: { readonly mail: MailView }) {
  const { t } = useTranslation('mail');
  const retry = useRetryMail();
  const tellError = useErrorToast();
  const nowMs = useNow();
  if (mail.state === 'sent' || mail.state === 'canceled' || Date.parse(mail.expiresAt) < nowMs) return null;
  const { subject, recipient } = mail;
  return (
    <IconButton
      size="sm"
      label={t('outbox.retryLabel', { subject, recipient })}
      icon={<RotateCw size={14} />}
      onClick={() =>
        retry.mutate(mail.id, {
          onSuccess: () => showToast({ title: t('outbox.retried'), description: t('outbox.retriedNext') }),
          onError: (error) => {
            if (error instanceof ApiError && error.code === 'mail_unknown') showToast({ title: t('outbox.gone'), tone: 'failed' });
            else tellError(error);
          },
        })
      }
    />
  );
}

function Mails({ state }: { readonly state: MailView['state'] | null }) {
  const { t } = useTranslation('mail');
  const core = useTranslation('core');
  const format = useFormat();
  const outbox = useInfiniteQuery(outboxQuery(state));
  if (outbox.isPending) return <SkeletonRows rows={3} />;
  if (outbox.isError)
    return <ErrorState title={core.t('errors.title')} words={errorWords(outbox.error, core.t)} onRetry={() => void outbox.refetch()} />;
  const mails = outbox.data.pages.flatMap(({ items }) => items);
  if (mails.length === 0)
    return (
      <EmptyState art={<MailCheck size={28} aria-hidden="true" />} title={t('outbox.emptyTitle')}>
        {state === null ? t('outbox.empty') : null}
      </EmptyState>
    );
  const columns: readonly Column<MailView>[] = [
    { key: 'mail', header: t('outbox.columns.mail'), narrow: 'main', cell: (mail) => <MailCell mail={mail} /> },
    { key: 'state', header: t('outbox.columns.state'), width: '38%', cell: (mail) => <StateCell mail={mail} /> },
    {
      key: 'when',
      header: t('outbox.columns.when'),
      width: '190px',
      wideOnly: true,
      cell: ({ sentAt, createdAt }) => (
        <time dateTime={sentAt ?? createdAt} title={format.exact(sentAt ?? createdAt)} className="text-text-3">
          {format.dateTime(sentAt ?? createdAt)}
        </time>
      ),
    },
    actionsColumn(t('outbox.columns.actions'), (mail) => <RetryCell mail={mail} />),
  ];
  return (
    <>
      <Table label={t('outbox.label')} columns={columns} rows={mails} rowKey={(mail) => mail.id} />
      <LoadMore hasMore={outbox.hasNextPage} busy={outbox.isFetchingNextPage} onMore={() => void outbox.fetchNextPage()} />
    </>
  );
}

/** What became of the workspace's mails. */
export function Outbox() {
  const { t } = useTranslation('mail');
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('all');
  return (
    <section aria-labelledby="outbox-title" className="mt-8">
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id="outbox-title" className="text-panel font-semibold">
            {t('outbox.title')}
          </h2>
          <p className="text-secondary text-text-3">{t('outbox.hint')}</p>
        </div>
        <Select
          quiet
          className="w-40"
          label={t('outbox.show')}
          value={filter}
          options={FILTERS.map((value) => ({ value, label: t(`outbox.states.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      <Sheet>
        <Mails key={filter} state={filter === 'all' ? null : filter} />
      </Sheet>
    </section>
  );
}
