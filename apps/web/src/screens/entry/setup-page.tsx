import { ApiError } from '@millwright/client';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { looksLikeEmail } from '../../api/looks-like-email.ts';
import { errorWords } from '../../api/error-words.ts';
import { pickLanguage } from '../../i18n/languages.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { controlClass, TextInput } from '../../ui/controls/text-input.tsx';
import { EntryCard, EntryNotice } from './entry-card.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { MIN_PASSWORD_LENGTH } from './password-strength.ts';
import { guessTimeZone, timeZones } from './time-zones.ts';
import { textOf, useEntry } from './use-entry.ts';

interface SetupValues {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspaceName: string;
  readonly timezone: string;
}

function readSetup(form: FormData): SetupValues {
  return {
    name: textOf(form, 'name').trim(),
    email: textOf(form, 'email').trim(),
    password: textOf(form, 'password'),
    workspaceName: textOf(form, 'workspaceName').trim(),
    timezone: textOf(form, 'timezone'),
  };
}

function checkSetup(values: SetupValues): readonly string[] {
  return [
    ...(values.name ? [] : ['name']),
    ...(looksLikeEmail(values.email) ? [] : ['email']),
    ...(values.password.length >= MIN_PASSWORD_LENGTH ? [] : ['password']),
    ...(values.workspaceName ? [] : ['workspaceName']),
  ];
}

function SetupError({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('entry');
  const core = useTranslation('core');
  if (!error) return null;
  if (error instanceof ApiError && error.status === 409) {
    return (
      <EntryNotice tone="error">
        {t('setup.exists')}{' '}
        <Link to="/sign-in" className="font-medium text-accent underline">
          {t('setup.toSignIn')}
        </Link>
      </EntryNotice>
    );
  }
  const words = errorWords(error, core.t);
  return (
    <EntryNotice tone="error">
      {words.what} {words.next}
    </EntryNotice>
  );
}

/** The first screen of a new server: owner and workspace in one form. */
export function SetupPage() {
  const { t, i18n } = useTranslation('entry');
  const { faults, error, busy, onSubmit } = useEntry({
    read: readSetup,
    check: checkSetup,
    send: (values) => api.setup.create({ body: { ...values, language: pickLanguage([i18n.language]) } }),
    next: '/workflows',
  });
  return (
    <EntryCard title={t('setup.title')} intro={t('setup.intro')}>
      <SetupError error={error} />
      <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
        <Field label={t('fields.name')} error={faults.has('name') ? t('fields.nameError') : undefined}>
          {(control) => <TextInput {...control} name="name" autoComplete="name" required maxLength={200} size="lg" />}
        </Field>
        <Field label={t('fields.email')} error={faults.has('email') ? t('fields.emailError') : undefined}>
          {(control) => <TextInput {...control} name="email" type="email" autoComplete="username" required maxLength={254} size="lg" />}
        </Field>
        <NewPasswordField isFaulty={faults.has('password')} />
        <Field
          label={t('fields.workspace')}
          hint={t('fields.workspaceHint')}
          error={faults.has('workspaceName') ? t('fields.workspaceError') : undefined}
        >
          {(control) => <TextInput {...control} name="workspaceName" autoComplete="organization" required maxLength={200} size="lg" />}
        </Field>
        <Field label={t('fields.timezone')} hint={t('fields.timezoneHint')}>
          {(control) => (
            <select {...control} name="timezone" defaultValue={guessTimeZone()} className={`${controlClass} h-10`}>
              {timeZones().map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
          {t('setup.action')}
        </Button>
      </form>
    </EntryCard>
  );
}
