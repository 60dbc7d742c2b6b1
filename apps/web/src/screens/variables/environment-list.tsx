import type { VariablesView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../shell/page.tsx';
import { Pill } from '../../ui/states/pill.tsx';

/** Names of the server's environment that expressions may read; values are never shown. */
export function EnvironmentList({ environment }: { readonly environment: VariablesView['environment'] }) {
  const { t } = useTranslation('variables');
  return (
    <section aria-labelledby="environment-title" className="mt-8">
      <h2 id="environment-title" className="text-panel font-semibold">
        {t('environment.title')}
      </h2>
      <p className="mb-2 text-text-2">{t('environment.intro')}</p>
      <Sheet>
        {environment.length === 0 ? (
          <p className="p-3 text-text-2">
            {t('environment.none')} <code className="font-mono text-secondary break-all">MILLWRIGHT_EXPRESSION_ENV=REGION,API_HOST</code>
          </p>
        ) : (
          <ul>
            {environment.map(({ name, isSet }) => (
              <li key={name} className="flex flex-wrap items-center gap-2 border-b border-border px-3 py-2 last:border-b-0">
                <code className="min-w-0 truncate font-mono text-secondary">$env.{name}</code>
                {isSet ? null : <Pill tone="warning">{t('environment.notSet')}</Pill>}
              </li>
            ))}
          </ul>
        )}
      </Sheet>
    </section>
  );
}
