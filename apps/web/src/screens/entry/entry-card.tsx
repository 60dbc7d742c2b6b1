import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../../i18n/i18n.ts';
import { languageNames, languages } from '../../i18n/languages.ts';
import { usePageTitle } from '../../router/use-page-title.ts';
import { Logo } from '../../shell/logo.tsx';
import { classes } from '../../ui/controls/classes.ts';

/** The one card of sign-in, set-up and invitation, with the language below it. Its first field has the focus: filling in is all that can be done here. */
export function EntryCard({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t, i18n } = useTranslation('entry');
  usePageTitle(title);
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.querySelector<HTMLInputElement>('input:not([readonly])')?.focus(), []);
  return (
    <div className="entry-paper flex min-h-dvh flex-col items-center justify-center px-4 py-8">
      <main ref={main} className="w-full max-w-[400px]">
        <div className="mb-5 flex items-center gap-2.5">
          <Logo sizePx={32} />
          <div>
            <div className="text-panel leading-5 font-semibold tracking-tight">Millwright</div>
            <div className="text-secondary text-text-3">{t('tagline')}</div>
          </div>
        </div>
        <div className="rounded-dialog border border-border bg-surface p-5 sm:p-6">
          <h1 className="text-page font-semibold tracking-tight">{title}</h1>
          {intro ? <p className="mt-1 text-body text-text-2">{intro}</p> : null}
          <div className="mt-5">{children}</div>
        </div>
        <div className="mt-4 flex justify-center gap-1">
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={i18n.language === language}
              onClick={() => void chooseLanguage(language)}
              className={classes(
                'min-h-7 rounded-control px-2 text-secondary hover:bg-raised hover:text-text pointer-coarse:min-h-11',
                i18n.language === language ? 'font-medium text-text' : 'text-text-3',
              )}
            >
              {languageNames[language]}
            </button>
          ))}
        </div>
      </main>
    </div>
  );
}

/** A message over a form: an error (announced at once) or a note. */
export function EntryNotice({ tone, children }: { readonly tone: 'error' | 'note'; readonly children: ReactNode }) {
  return (
    <p
      role={tone === 'error' ? 'alert' : 'status'}
      className={classes(
        'mb-4 rounded-control border px-3 py-2 text-body',
        tone === 'error' ? 'border-status-failed/50 bg-status-failed/8 text-text' : 'border-border bg-raised text-text-2',
      )}
    >
      {children}
    </p>
  );
}
