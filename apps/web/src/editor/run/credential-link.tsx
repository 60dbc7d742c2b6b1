import type { WaitsFor } from '@millwright/workflow';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The way to the connection that a run or a step waits for. */
export function CredentialLink({ waitsFor }: { readonly waitsFor: WaitsFor | null }) {
  const { t } = useTranslation('connections');
  if (waitsFor?.kind !== 'credential' || waitsFor.who === undefined) return null;
  return (
    <Link to="/connections" search={{ connection: waitsFor.who }} className="self-start text-accent hover:underline">
      {t('run.open')}
    </Link>
  );
}
