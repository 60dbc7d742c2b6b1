import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../../ui/controls/classes.ts';
import { Field, type FieldControlProps } from '../../../ui/controls/field.tsx';
import { PasswordInput } from '../../../ui/controls/password-input.tsx';
import { controlClass, TextInput } from '../../../ui/controls/text-input.tsx';
import type { ConnectionInput } from '../connection-queries.ts';
import { useKnownTitle } from '../connection-words.ts';
import { missingFields, useFormFaults } from './form-faults.ts';
import { Notice } from '../parts/notice.tsx';

type TypeField = CredentialTypeView['fields'][number];

/** One field of a kind: a secret is masked and never comes back from the server. */
function FieldControl({
  field,
  control,
  value,
  isKept,
  onChange,
}: {
  readonly field: TypeField;
  readonly control: FieldControlProps;
  readonly value: string;
  /** A secret is stored already. */
  readonly isKept: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('connections');
  const placeholder = isKept ? t('form.kept') : field.placeholder;
  const shared = {
    ...control,
    value,
    ...(placeholder === undefined ? {} : { placeholder }),
    autoComplete: field.secret ? 'new-password' : 'off',
    spellCheck: false,
    'aria-required': field.required && !isKept,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.multiline === true)
    return <textarea {...shared} rows={5} className={classes(controlClass, 'block py-1.5 font-mono text-secondary')} />;
  return field.secret ? <PasswordInput {...shared} /> : <TextInput {...shared} />;
}

/** What is known of a connection before anybody types. */
export interface Filled {
  readonly fields: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
}

/** A form of a connection. */
export interface ConnectionFormProps {
  readonly id: string;
  readonly type: CredentialTypeView;
  /** Null: a new one. */
  readonly connection: CredentialView | null;
  /** Proposed for a new one. */
  readonly suggestedName: string;
  /** Filled in already, for a new one. */
  readonly filled?: Filled | undefined;
  /** Of the last try to save. */
  readonly error: unknown;
  readonly onSubmit: (input: ConnectionInput) => void;
}

/** What is typed into a form, and what of it is sent: a secret that was not touched stays out, so that it keeps its value. */
function useInput({
  type,
  connection,
  suggestedName,
  filled,
}: Pick<ConnectionFormProps, 'type' | 'connection' | 'suggestedName' | 'filled'>) {
  const [name, setName] = useState(connection?.name ?? suggestedName);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(connection?.fields ?? filled?.fields ?? {});
  const [hosts, setHosts] = useState((connection ?? filled)?.hosts.join(', ') ?? '');
  // A kind that names its hosts needs no question; the others are asked.
  const asksHosts = type.hosts.length === 0;
  const kept = new Set(connection?.secretFields ?? []);
  const input: ConnectionInput = {
    name,
    fields: Object.fromEntries(
      type.fields
        .filter((field) => !(field.secret && (typed[field.name] ?? '') === ''))
        .map((field) => [field.name, typed[field.name] ?? '']),
    ),
    ...(asksHosts ? { hosts: hosts.split(/[\s,;]+/).filter(Boolean) } : {}),
  };
  const change = (field: string, value: string): void => setTyped((before) => ({ ...before, [field]: value }));
  return { input, typed, kept, asksHosts, hosts, change, setName, setHosts };
}

type Entry = ReturnType<typeof useInput>;

/** Sends a whole form; one with holes says from its first try on what is missing. */
function useSubmit({ type, onSubmit }: Pick<ConnectionFormProps, 'type' | 'onSubmit'>, { input, typed, kept }: Entry) {
  const [isTried, setTried] = useState(false);
  const missing = missingFields(type, typed, kept);
  const isNameMissing = input.name.trim() === '';
  const isHostMissing = input.hosts?.length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (missing.length === 0 && !isNameMissing && !isHostMissing) onSubmit(input);
  };
  return {
    submit,
    missing: new Set(isTried ? missing : []),
    isNameMissing: isTried && isNameMissing,
    isHostMissing: isTried && isHostMissing,
  };
}

/** The fields that the kind declares. */
function DeclaredFields({
  type,
  entry,
  errorOf,
}: {
  readonly type: CredentialTypeView;
  readonly entry: Entry;
  readonly errorOf: (field: string) => string | undefined;
}) {
  const known = useKnownTitle();
  return type.fields.map((field) => (
    <Field key={field.name} label={known(field.title)} optional={!field.required} hint={field.description} error={errorOf(field.name)}>
      {(control) => (
        <FieldControl
          field={field}
          control={control}
          value={entry.typed[field.name] ?? ''}
          isKept={field.secret && entry.kept.has(field.name)}
          onChange={(value) => entry.change(field.name, value)}
        />
      )}
    </Field>
  ));
}

/** Where the connection may be sent: asked, or said where the kind names its hosts. */
function Hosts({ type, entry, error }: { readonly type: CredentialTypeView; readonly entry: Entry; readonly error: string | undefined }) {
  const { t } = useTranslation('connections');
  if (!entry.asksHosts)
    return <p className="text-secondary break-words text-text-3">{t('form.sentTo', { hosts: type.hosts.join(', ') })}</p>;
  return (
    <Field label={t('form.hosts')} hint={t('form.hostsHint')} error={error}>
      {(control) => (
        <TextInput
          {...control}
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="api.example.com"
          value={entry.hosts}
          onChange={(event) => entry.setHosts(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Name, the fields that the kind declares, and hosts where the kind names none. */
export function ConnectionForm(props: ConnectionFormProps) {
  const { id, type, error } = props;
  const { t } = useTranslation('connections');
  const entry = useInput(props);
  const { submit, missing, isNameMissing, isHostMissing } = useSubmit(props, entry);
  const faults = useFormFaults(type)(error);
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4 pt-3">
      <Field label={t('form.name')} hint={t('form.nameHint')} error={isNameMissing ? t('form.nameMissing') : faults.name}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            maxLength={200}
            value={entry.input.name}
            onChange={(event) => entry.setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <DeclaredFields type={type} entry={entry} errorOf={(field) => (missing.has(field) ? t('form.missing') : faults.fields[field])} />
      <Hosts type={type} entry={entry} error={isHostMissing ? t('form.hostsMissing') : faults.hosts} />
      {faults.form === undefined ? null : <Notice tone="bad" title={faults.form} />}
    </form>
  );
}
