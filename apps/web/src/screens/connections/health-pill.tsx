import type { CredentialView } from '@millwright/contracts';
import { CircleAlert, CircleCheck, CircleDashed, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Pill } from '../../ui/states/pill.tsx';
import { type Health, healthTone } from './connection-words.ts';

const ICONS: Readonly<Record<Health, ReactNode>> = {
  working: <CircleCheck size={12} className="text-status-success" aria-hidden="true" />,
  untested: <CircleDashed size={12} aria-hidden="true" />,
  notConnected: <Unplug size={12} aria-hidden="true" />,
  failing: <CircleAlert size={12} aria-hidden="true" />,
  needsReconnect: <Unplug size={12} aria-hidden="true" />,
};

/** How a connection stands: sign, word and colour. */
export function HealthPill({ connection }: { readonly connection: Pick<CredentialView, 'health' | 'connect'> }) {
  const { t } = useTranslation('connections');
  const health = connection.health.status;
  // A key is not "reconnected": the service refuses it until another one is entered.
  const word = health === 'needsReconnect' && connection.connect === 'fields' ? 'refused' : health;
  return (
    <Pill tone={healthTone[health]} icon={ICONS[health]}>
      {t(`health.${word}`)}
    </Pill>
  );
}
