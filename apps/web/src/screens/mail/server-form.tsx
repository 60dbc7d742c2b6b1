import { ApiError } from '@millwright/client';
import type { MailSettingsView } from '@millwright/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords, faultyFields } from '../../api/error-words.ts';
import { looksLikeEmail } from '../../api/looks-like-email.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useSaveServer } from './mail-queries.ts';

type Server = NonNullable<MailSettingsView['server']>;
type Security = Server['security'];

/** Where servers usually listen. */
const PORTS: Readonly<Record<Security, string>> = { starttls: '587', tls: '465', none: '25' };
const SECURITIES = ['starttls', 'tls', 'none'] as const;

/** What is written in the form. */
interface Draft {
  readonly host: string;
  readonly port: string;
  readonly security: Security;
  readonly username: string;
  readonly password: string;
  readonly fromAddress: string;
  readonly fromName: string;
}
type DraftField = keyof Draft;

function draftOf(server: Server | null): Draft {
  if (server === null)
    return { host: '', port: PORTS.starttls, security: 'starttls', username: '', password: '', fromAddress: '', fromName: 'Millwright' };
  const { host, port, security, username, fromAddress, fromName } = server;
  return { host, port: String(port), security, username, fromAddress, fromName, password: '' };
}

/** Another way of encryption, and the port that goes with it unless somebody chose one. */
function withSecurity(draft: Draft, security: Security): Draft {
  const isUsual = Object.values(PORTS).includes(draft.port);
  return { ...draft, security, port: isUsual ? PORTS[security] : draft.port };
}

/** Whether the stored password belongs to what is written. */
function keepsPassword(draft: Draft, server: Server | null): boolean {
  if (server === null || !server.hasPassword) return false;
  return server.host === draft.host.trim() && String(server.port) === draft.port.trim() && server.username === draft.username.trim();
}

/** What is sent: without encryption no account, and no password where the stored one is kept. */
function bodyOf({ host, port, security, password, fromAddress, fromName, ...draft }: Draft) {
  const username = security === 'none' ? '' : draft.username.trim();
  const secret = username === '' || password === '' ? {} : { password };
  return { host: host.trim(), port: Number(port), security, username, ...secret, fromAddress, fromName };
}

/** Fields that cannot be right. */
function faultsOf(draft: Draft, server: Server | null): ReadonlySet<string> {
  const port = Number(draft.port);
  const faults = new Set<string>();
  if (!/^[^\s/@]+$/.test(draft.host.trim())) faults.add('host');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) faults.add('port');
  if (!looksLikeEmail(draft.fromAddress)) faults.add('fromAddress');
  if (draft.security !== 'none' && draft.username.trim() !== '' && draft.password === '' && !keepsPassword(draft, server))
    faults.add('password');
  return faults;
}

/** Faults of the form and of the server's answer, in words by field; `form` for what belongs to none. */
function useFaultWords(error: unknown, known: ReadonlySet<string>): Readonly<Partial<Record<DraftField | 'form', string>>> {
  const { t } = useTranslation('mail');
  const core = useTranslation('core');
  const faulty = new Set([...known, ...faultyFields(error)]);
  if (error instanceof ApiError && error.code === 'mail_password_missing') faulty.add('password');
  const words = error && faulty.size === 0 ? errorWords(error, core.t) : null;
  return {
    ...(faulty.has('host') ? { host: t('form.hostError') } : {}),
    ...(faulty.has('port') ? { port: t('form.portError') } : {}),
    ...(faulty.has('fromAddress') ? { fromAddress: t('form.fromAddressError') } : {}),
    ...(faulty.has('password') ? { password: t('form.passwordError') } : {}),
    ...(words === null ? {} : { form: `${words.what} ${words.next}` }),
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly faults: ReturnType<typeof useFaultWords>;
}

function ServerFields({ draft, change, faults }: FieldsProps) {
  const { t } = useTranslation('mail');
  const options = SECURITIES.map((value) => ({ value, label: t(`form.securities.${value}`), hint: t(`form.securityHints.${value}`) }));
  return (
    <>
      <Field label={t('form.host')} error={faults.host}>
        {(control) => (
          <TextInput
            {...control}
            mono
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="smtp.example.com"
            value={draft.host}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_120px]">
        <Field label={t('form.security')} hint={t(`form.securityHints.${draft.security}`)}>
          {(control) => (
            <Select
              control={control}
              value={draft.security}
              options={options}
              onChange={(security) => change(withSecurity(draft, security))}
            />
          )}
        </Field>
        <Field label={t('form.port')} error={faults.port}>
          {(control) => (
            <TextInput
              {...control}
              mono
              inputMode="numeric"
              autoComplete="off"
              value={draft.port}
              onChange={(event) => change({ port: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function AccountFields({ draft, change, faults, isKept }: FieldsProps & { readonly isKept: boolean }) {
  const { t } = useTranslation('mail');
  if (draft.security === 'none') return <p className="text-secondary text-text-3">{t('form.usernameNone')}</p>;
  return (
    <>
      <Field label={t('form.username')} optional hint={t('form.usernameHint')}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={draft.username}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
        )}
      </Field>
      {draft.username.trim() === '' ? null : (
        <Field label={t('form.password')} hint={isKept ? t('form.passwordKept') : undefined} error={faults.password}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              value={draft.password}
              onChange={(event) => change({ password: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function SenderFields({ draft, change, faults }: FieldsProps) {
  const { t } = useTranslation('mail');
  return (
    <>
      <Field label={t('form.fromAddress')} hint={t('form.fromAddressHint')} error={faults.fromAddress}>
        {(control) => (
          <TextInput
            {...control}
            type="email"
            autoComplete="off"
            value={draft.fromAddress}
            onChange={(event) => change({ fromAddress: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('form.fromName')} optional>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            maxLength={100}
            value={draft.fromName}
            onChange={(event) => change({ fromName: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

/** The mail server: entered, changed. @param actions more buttons beside "Save" */
export function ServerForm({
  server,
  onSaved,
  actions,
}: {
  readonly server: Server | null;
  readonly onSaved: () => void;
  readonly actions?: ReactNode;
}) {
  const { t } = useTranslation('mail');
  const [draft, setDraft] = useState(() => draftOf(server));
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const save = useSaveServer();
  const faults = useFaultWords(save.error, known);
  const isKept = keepsPassword(draft, server);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = faultsOf(draft, server);
    setKnown(found);
    if (found.size > 0 || save.isPending) return;
    save.mutate(bodyOf(draft), {
      onSuccess: () => {
        setDraft({ ...draft, password: '' });
        showToast({ title: t('form.saved') });
        onSaved();
      },
    });
  };
  const fields = { draft, faults, change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }) };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <ServerFields {...fields} />
      <AccountFields {...fields} isKept={isKept} />
      <SenderFields {...fields} />
      {faults.form === undefined ? null : (
        <p role="alert" className="text-secondary text-status-failed">
          {faults.form}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t('form.save')}
        </Button>
        {actions}
      </div>
    </form>
  );
}
