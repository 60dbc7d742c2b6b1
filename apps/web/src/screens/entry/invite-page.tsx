import { ApiError } from '@millwright/client';
import type { Role } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { LoadingWords } from '../../ui/states/skeleton.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { EntryCard, EntryNotice } from './entry-card.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { MIN_PASSWORD_LENGTH } from './password-strength.ts';
import { textOf, useEntry } from './use-entry.ts';

interface Invitation {
  readonly email: string;
  readonly role: Role;
  readonly workspaceName: string;
  readonly hasAccount: boolean;
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 400);
}

/** What an invitation link opens. */
export function InvitePage() {
  const { token } = useParams({ from: '/invite/$token' });
  const { t } = useTranslation('entry');
  const core = useTranslation('core');
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.invitations.getByToken({ token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { quiet: true },
  });
  if (invitation.isPending) return <LoadingWords />;
  if (invitation.error) {
    const words = isGone(invitation.error) ? { what: t('invite.gone'), next: t('invite.goneNext') } : errorWords(invitation.error, core.t);
    return (
      <EntryCard title={isGone(invitation.error) ? t('invite.goneTitle') : core.t('errors.title')} intro={`${words.what} ${words.next}`}>
        {isGone(invitation.error) ? null : <Button onClick={() => void invitation.refetch()}>{core.t('ui.retry')}</Button>}
      </EntryCard>
    );
  }
  return <JoinForm token={token} invitation={invitation.data} />;
}

function JoinError({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('entry');
  const core = useTranslation('core');
  if (!error) return null;
  const words = errorWords(error, core.t);
  const isWrong = error instanceof ApiError && error.code === 'wrong_credentials';
  return (
    <EntryNotice tone="error">
      {isWrong ? t('invite.wrong') : isGone(error) ? `${t('invite.gone')} ${t('invite.goneNext')}` : `${words.what} ${words.next}`}
    </EntryNotice>
  );
}

function JoinForm({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const { t } = useTranslation('entry');
  const core = useTranslation('core');
  const { email, role, workspaceName, hasAccount } = invitation;
  const minLength = hasAccount ? 1 : MIN_PASSWORD_LENGTH;
  const { faults, error, busy, onSubmit } = useEntry({
    read: (form) => ({ name: hasAccount ? email : textOf(form, 'name').trim(), password: textOf(form, 'password') }),
    check: ({ name, password }) => [...(name ? [] : ['name']), ...(password.length >= minLength ? [] : ['password'])],
    send: (body) => api.invitations.accept({ token, body }),
    next: '/workflows',
  });
  const roleName = core.t(`roles.${role}`);
  return (
    <EntryCard
      title={t('invite.title', { workspace: workspaceName })}
      intro={t(hasAccount ? 'invite.introKnown' : 'invite.intro', { role: roleName })}
    >
      <JoinError error={error} />
      <form noValidate className="flex flex-col gap-4" onSubmit={onSubmit}>
        <Field label={t('fields.email')}>
          {(control) => <TextInput {...control} name="email" type="email" autoComplete="username" value={email} readOnly size="lg" />}
        </Field>
        {hasAccount ? (
          <Field label={t('fields.password')} error={faults.has('password') ? t('fields.passwordError') : undefined}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required size="lg" />}
          </Field>
        ) : (
          <>
            <Field label={t('fields.name')} error={faults.has('name') ? t('fields.nameError') : undefined}>
              {(control) => <TextInput {...control} name="name" autoComplete="name" required maxLength={200} size="lg" />}
            </Field>
            <NewPasswordField isFaulty={faults.has('password')} />
          </>
        )}
        <Button type="submit" variant="primary" size="lg" busy={busy} className="mt-1 w-full">
          {t('invite.action')}
        </Button>
      </form>
    </EntryCard>
  );
}
