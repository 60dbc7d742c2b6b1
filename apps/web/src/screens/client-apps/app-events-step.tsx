import type { ClientAppView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { CopyLine } from '../connections/parts/console-facts.tsx';

type AppEvents = NonNullable<ClientAppView['events']>;

/** What came to the address so far: whether it works at all, and what nobody hears. */
function CameSoFar({ events, app }: { readonly events: AppEvents; readonly app: string }) {
  const { t } = useTranslation('clientApps');
  const format = useFormat();
  const nowMs = useNow();
  const { taken, dropped, refused, lastAt, lastRefusedAt } = events;
  if (lastAt === null && lastRefusedAt === null) return <p className="text-secondary text-text-3">{t('events.none')}</p>;
  const lines = [
    ...(lastAt === null ? [] : [t('events.taken', { count: taken + dropped, when: format.relative(lastAt, nowMs) })]),
    ...(dropped === 0 ? [] : [t('events.dropped', { count: dropped })]),
    ...(lastRefusedAt === null ? [] : [t('events.refused', { count: refused, when: format.relative(lastRefusedAt, nowMs), app })]),
  ];
  return (
    <ul className="flex flex-col gap-0.5 text-secondary text-text-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The one address to which the service sends the events of all accounts: entered there once, for the triggers of every workflow. */
export function AppEventsStep({ app, events }: { readonly app: string; readonly events: AppEvents }) {
  const { t } = useTranslation('clientApps');
  return (
    <>
      <p className="text-secondary text-text-2">{t('events.place', { place: events.place })}</p>
      <CopyLine label={t('events.address')} text={events.url} />
      <CameSoFar events={events} app={app} />
    </>
  );
}
