import { ApiError } from '@millwright/client';
import { type Role, ROLES } from '@millwright/contracts/permissions';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { looksLikeEmail } from '../../api/looks-like-email.ts';
import { errorWords, faultyFields } from '../../api/error-words.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { useInvite } from './member-queries.ts';

function useEmailError(error: unknown, isFaulty: boolean): string | undefined {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  if (isFaulty || faultyFields(error).has('email')) return t('invite.emailError');
  if (!error) return undefined;
  if (error instanceof ApiError && error.status === 409) return t('invite.exists');
  const words = errorWords(error, core.t);
  return `${words.what} ${words.next}`;
}

function Ready({
  invitation,
  onClose,
}: {
  readonly invitation: { readonly email: string; readonly role: Role; readonly link: string; readonly isMailed: boolean };
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const { email, link, role, isMailed } = invitation;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isMailed ? 'invite.mailedTitle' : 'invite.readyTitle', { email })}
      description={t(isMailed ? 'invite.mailedBody' : 'invite.readyBody', { role: core.t(`roles.${role}`) })}
      actions={
        <>
          <Button onClick={onClose}>{t('invite.done')}</Button>
          <CopyButton text={link} label={t('invite.copy')} variant={isMailed ? 'secondary' : 'primary'} />
        </>
      }
    >
      <div className="pt-3">
        <Field label={t('invite.link')}>
          {(control) => <TextInput {...control} mono readOnly value={link} onFocus={(event) => event.currentTarget.select()} />}
        </Field>
      </div>
    </Dialog>
  );
}

/** E-mail and role → a link that is shown once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const formId = useId();
  const invite = useInvite();
  if (invite.data) return <Ready invitation={invite.data} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('invite.title')}
      description={t('invite.body')}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={invite.isPending}>
            {t('invite.action')}
          </Button>
        </>
      }
    >
      <InviteForm id={formId} error={invite.error} onSend={(wanted) => (invite.isPending ? undefined : invite.mutate(wanted))} />
    </Dialog>
  );
}

interface InviteFormProps {
  readonly id: string;
  readonly error: unknown;
  readonly onSend: (wanted: { readonly email: string; readonly role: Role }) => void;
}

function InviteForm({ id, error, onSend }: InviteFormProps) {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const mine = useSession().role;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [isFaulty, setFaulty] = useState(false);
  const emailError = useEmailError(error, isFaulty);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isRight = looksLikeEmail(email);
    setFaulty(!isRight);
    if (isRight) onSend({ email: email.trim(), role });
  };
  // Nobody hands out more than she holds: only owners make owners.
  const options = ROLES.filter((one) => one !== 'owner' || mine === 'owner').map((one) => ({
    value: one,
    label: core.t(`roles.${one}`),
    hint: t(`roleHints.${one}`),
  }));
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4 pt-3">
      <Field label={t('invite.email')} error={emailError}>
        {(control) => (
          <TextInput {...control} type="email" autoComplete="off" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        )}
      </Field>
      <Field label={t('invite.role')} hint={t(`roleHints.${role}`)}>
        {(control) => <Select control={control} value={role} options={options} onChange={setRole} />}
      </Field>
    </form>
  );
}
