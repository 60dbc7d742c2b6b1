import type { CredentialView } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Pill } from '../../../ui/states/pill.tsx';

/** Workflows that use a connection, each with the way there. */
export function UseList({ uses }: { readonly uses: CredentialView['usedBy'] }) {
  const { t } = useTranslation('connections');
  return (
    <ul className="flex flex-col gap-1">
      {uses.map((use) => (
        <li key={use.workflowId} className="flex flex-wrap items-center gap-2">
          <Link
            to="/workflows/$workflowId"
            params={{ workflowId: use.workflowId }}
            className="min-w-0 truncate text-accent underline underline-offset-2 pointer-coarse:py-2"
          >
            {use.name}
          </Link>
          {use.isLive ? <Pill tone="success">{t('uses.live')}</Pill> : null}
          {use.inDraft ? <Pill>{t('uses.draft')}</Pill> : null}
        </li>
      ))}
    </ul>
  );
}
