import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { useFormat } from '../../i18n/format.ts';
import { chooseLanguage } from '../../i18n/i18n.ts';
import { languageNames, languages, pickLanguage } from '../../i18n/languages.ts';
import { useSignOut } from '../../shell/account-menus.tsx';
import { Sheet } from '../../shell/page.tsx';
import { densityPreference, themePreference, usePreference } from '../../theme/preference.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { Select } from '../../ui/controls/select.tsx';

function Section({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <Sheet>
      <div className="grid gap-4 p-4 sm:grid-cols-[200px_1fr] sm:p-5">
        <div>
          <h2 className="text-panel font-semibold">{title}</h2>
          {hint ? <p className="text-secondary text-text-3">{hint}</p> : null}
        </div>
        <div className="min-w-0">{children}</div>
      </div>
    </Sheet>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [label: string, value: string])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(80px,auto)_1fr] gap-x-4 gap-y-1.5">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-text-3">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Look() {
  const { t, i18n } = useTranslation('settings');
  const core = useTranslation('core');
  const theme = usePreference(themePreference);
  const density = usePreference(densityPreference);
  return (
    <div className="grid max-w-sm gap-4">
      <Field label={core.t('nav.language')}>
        {(control) => (
          <Select
            control={control}
            value={pickLanguage([i18n.language])}
            options={languages.map((language) => ({ value: language, label: languageNames[language] }))}
            onChange={(language) => void chooseLanguage(language)}
          />
        )}
      </Field>
      <Field label={core.t('nav.theme')}>
        {(control) => (
          <Select
            control={control}
            value={theme}
            options={themePreference.values.map((value) => ({ value, label: core.t(`nav.themes.${value}`) }))}
            onChange={themePreference.set}
          />
        )}
      </Field>
      <Field label={t('profile.density')}>
        {(control) => (
          <Select
            control={control}
            value={density}
            options={densityPreference.values.map((value) => ({ value, label: t(`profile.densities.${value}`) }))}
            onChange={densityPreference.set}
          />
        )}
      </Field>
    </div>
  );
}

/** The person, her language and look, and the way out. */
export function ProfilePage() {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const format = useFormat();
  const session = useSession();
  const signOut = useSignOut();
  const { user, workspace, role, expiresAt, server } = session;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Section title={t('profile.person')}>
        <Facts
          facts={[
            [t('profile.name'), user.name],
            [t('profile.email'), user.email],
            [t('profile.workspace'), workspace.name],
            [t('profile.role'), core.t(`roles.${role}`)],
          ]}
        />
      </Section>
      <Section title={t('profile.look')} hint={t('profile.lookHint')}>
        <Look />
      </Section>
      <Section title={t('profile.session')}>
        <p className="mb-3 text-text-2">{t('profile.sessionHint', { time: format.dateTime(expiresAt) })}</p>
        <Button onClick={() => void signOut()}>{core.t('nav.signOut')}</Button>
      </Section>
      <p className="text-meta text-text-3">{t('profile.version', { version: server.version })}</p>
    </div>
  );
}
