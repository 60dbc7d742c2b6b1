import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../ui/controls/copy-button.tsx';

/** Only pages of the web are linked, whatever a connector's author wrote. */
function safeLink(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** A value to be entered elsewhere, to the letter. */
export function CopyLine({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation('connections');
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-secondary font-medium text-text-2">{label}</span>
      <div className="flex min-w-0 items-center gap-1 rounded-control border border-border bg-raised/60 py-0.5 pr-0.5 pl-2.5">
        <code className="min-w-0 flex-1 font-mono text-secondary break-all">{text}</code>
        <CopyButton text={text} label={t('facts.copy', { what: label })} iconOnly size="sm" variant="quiet" />
      </div>
    </div>
  );
}

/** The exact permissions that are asked for. */
export function ScopeList({ scopes }: { readonly scopes: readonly string[] }) {
  const { t } = useTranslation('connections');
  if (scopes.length === 0) return null;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-2">
        <span className="text-secondary font-medium text-text-2">{t('facts.scopes')}</span>
        <CopyButton text={scopes.join(' ')} label={t('facts.copy', { what: t('facts.scopes') })} iconOnly size="sm" variant="quiet" />
      </div>
      <ul className="flex flex-wrap gap-1">
        {scopes.map((scope) => (
          <li
            key={scope}
            className="max-w-full rounded-control border border-border bg-raised/60 px-1.5 py-0.5 font-mono text-secondary break-all"
          >
            {scope}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The vendor's page on which apps are registered. */
export function ConsoleLink({ url, app }: { readonly url: string | null; readonly app: string }) {
  const { t } = useTranslation('connections');
  const link = safeLink(url);
  if (link === null) return null;
  return (
    <a
      href={link}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1.5 self-start text-accent underline underline-offset-2"
    >
      {t('facts.console', { app })}
      <ExternalLink size={13} aria-hidden="true" />
      <span className="sr-only">{t('facts.newTab')}</span>
    </a>
  );
}
