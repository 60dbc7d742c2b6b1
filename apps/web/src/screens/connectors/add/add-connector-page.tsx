import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../api/session.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { buttonClass } from '../../../ui/controls/button-class.ts';
import { NoPermission } from '../../../ui/states/no-permission.tsx';
import { Notice } from '../../connections/parts/notice.tsx';
import { type AddedConnector, type FoundDescription, useReadDescription } from '../connector-queries.ts';
import { FoundPanel } from './found-panel.tsx';
import { SourceForm } from './source-form.tsx';

/** It is there: what to do with it. */
function Added({ added, onAgain }: { readonly added: AddedConnector; readonly onAgain: () => void }) {
  const { t } = useTranslation('connectors');
  const { title, actions, needsSignIn } = added;
  return (
    <Notice
      tone="good"
      title={t('add.made', { title })}
      actions={
        <>
          {needsSignIn ? (
            <Link to="/connections" className={buttonClass('primary')}>
              {t('add.connect')}
            </Link>
          ) : null}
          <Link to="/workflows" className={buttonClass(needsSignIn ? 'secondary' : 'primary')}>
            {t('add.workflows')}
          </Link>
          <Button variant="quiet" onClick={onAgain}>
            {t('add.again')}
          </Button>
        </>
      }
    >
      {t('add.madeText', { count: actions })} {needsSignIn ? t('add.madeSignIn') : ''}
    </Notice>
  );
}

/** Makes a connector of a service's description: where it is, what is in it, what is taken of it, its name. */
export function AddConnectorPage() {
  const { t } = useTranslation('connectors');
  const canManage = useCan('network.manage');
  const [found, setFound] = useState<FoundDescription | null>(null);
  const [added, setAdded] = useState<AddedConnector | null>(null);
  const read = useReadDescription();
  const again = (): void => {
    read.reset();
    setFound(null);
    setAdded(null);
  };
  if (!canManage) return <NoPermission title={t('add.forbidden')} />;
  return (
    <div className="flex flex-col gap-5">
      <div className="max-w-3xl">
        <h2 className="mb-1 text-panel font-semibold">{t('add.title')}</h2>
        <p className="text-text-2">{t('add.intro')}</p>
      </div>
      {added === null ? (
        <>
          <SourceForm read={read} onFound={setFound} />
          {found === null ? null : <FoundPanel key={found.view.digest} found={found} onAdded={setAdded} />}
        </>
      ) : (
        <Added added={added} onAgain={again} />
      )}
    </div>
  );
}
