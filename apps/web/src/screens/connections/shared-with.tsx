import type { CredentialView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';

/** Names that are written out; more are counted. */
const SHOWN = 2;

/** Who may use a connection besides its owner. */
export function SharedWith({ connection }: { readonly connection: Pick<CredentialView, 'sharedWith'> }) {
  const { t } = useTranslation('connections');
  const names = connection.sharedWith.map((grant) =>
    grant.kind === 'user' ? grant.user.name : t(`share.rolesShort.${roleOf(grant.role)}`),
  );
  if (names.length === 0) return <span className="text-text-3">{t('share.none')}</span>;
  const rest = names.length - SHOWN;
  return (
    <span title={names.join(', ')}>
      {names.slice(0, SHOWN).join(', ')}
      {rest > 0 ? ` ${t('share.more', { count: rest })}` : ''}
    </span>
  );
}

function roleOf(role: 'owner' | 'admin' | 'editor' | 'operator' | 'viewer'): 'editor' | 'operator' | 'other' {
  return role === 'editor' || role === 'operator' ? role : 'other';
}
