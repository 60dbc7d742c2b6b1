import { ApiError } from '@millwright/client';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { looksLikeEmail } from '../../api/looks-like-email.ts';
import { errorWords } from '../../api/error-words.ts';
import { safeNextPath } from '../../router/next-path.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { EntryCard, EntryNotice } from './entry-card.tsx';
import { textOf, useEntry } from './use-entry.ts';

function useErrorText(error: unknown): string | null {
  const { t } = useTranslation('entry');
  const core = useTranslation('core');
  if (!error) return null;
  if (error instanceof ApiError && error.code === 'wrong_credentials') return t('signIn.wrong');
  const words = errorWords(error, core.t);
  return `${words.what} ${words.next}`;
}

/** E-mail and password; afterwards the person is where she wanted to go. */
export function SignInPage() {
  const { t } = useTranslation('entry');
  const { next, reason } = useSearch({ from: '/sign-in' });
  const { faults, error, busy, onSubmit } = useEntry({
    read: (form) => ({ email: textOf(form, 'email').trim(), password: textOf(form, 'password') }),
    check: ({ email, password }) => [...(looksLikeEmail(email) ? [] : ['email']), ...(password ? [] : ['password'])],
    send: (body) => api.session.create({ body }),
    next: safeNextPath(next),
  });
  const errorText = useErrorText(error);
  return (
    <EntryCard title={t('signIn.title')}>
      {errorText ? (
        <EntryNotice tone="error">{errorText}</EntryNotice>
      ) : reason ? (
        <EntryNotice tone="note">{t(`signIn.${reason}`)}</EntryNotice>
      ) : null}
      <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
        <Field label={t('fields.email')} error={faults.has('email') ? t('fields.emailError') : undefined}>
          {(control) => <TextInput {...control} name="email" type="email" autoComplete="username" required size="lg" />}
        </Field>
        <Field label={t('fields.password')} error={faults.has('password') ? t('fields.passwordError') : undefined}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required size="lg" />}
        </Field>
        <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
          {t('signIn.action')}
        </Button>
      </form>
    </EntryCard>
  );
}
