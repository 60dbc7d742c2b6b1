import type { CredentialView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';

/** A dash for the eye, words for the ear. */
function NoEnd() {
  const { t } = useTranslation('connections');
  return (
    <>
      <span aria-hidden="true" className="text-text-3">
        –
      </span>
      <span className="sr-only">{t('expiry.never')}</span>
    </>
  );
}

/** When the access ends, in words: what is renewed by itself needs nobody. */
export function Expiry({ connection }: { readonly connection: Pick<CredentialView, 'expiresAt' | 'renews' | 'health'> }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const now = useNow();
  const { expiresAt, renews, health } = connection;
  if (health.status === 'notConnected') return <NoEnd />;
  if (renews) return <span className="text-text-2">{t('expiry.renews')}</span>;
  if (expiresAt === null) return <NoEnd />;
  const isOver = Date.parse(expiresAt) <= now;
  return (
    <time dateTime={expiresAt} title={format.exact(expiresAt)} className={isOver ? 'text-status-failed' : undefined}>
      {isOver ? t('expiry.over') : format.relative(expiresAt, now)}
    </time>
  );
}
