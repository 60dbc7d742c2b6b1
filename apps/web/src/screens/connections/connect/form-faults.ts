import { ApiError } from '@millwright/client';
import type { CredentialTypeView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';

/** What is wrong with a filled-in form, by field; `form` belongs to none. */
export interface FormFaults {
  readonly name?: string;
  readonly hosts?: string;
  readonly form?: string;
  readonly fields: Readonly<Record<string, string>>;
}

const HOSTS: ReadonlySet<string> = new Set(['credential_host_invalid', 'credential_hosts_missing', 'credential_host_foreign']);

/** Names of required fields that hold nothing. @param kept secrets that are stored already */
export function missingFields(
  type: CredentialTypeView,
  typed: Readonly<Record<string, string>>,
  kept: ReadonlySet<string>,
): readonly string[] {
  return type.fields
    .filter(({ name, required }) => required && !kept.has(name) && (typed[name] ?? '').trim() === '')
    .map(({ name }) => name);
}

/** The server's refusal in words, at the field that it is about. The server names the field in quotes by its title. */
export function useFormFaults(type: CredentialTypeView): (error: unknown) => FormFaults {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  return (error) => {
    if (!error) return { fields: {} };
    if (!(error instanceof ApiError)) {
      const words = errorWords(error, core.t);
      return { fields: {}, form: `${words.what} ${words.next}` };
    }
    const { code, detail } = error;
    if (code === 'credential_exists') return { fields: {}, name: t('form.exists') };
    if (HOSTS.has(code)) {
      const key = code === 'credential_host_foreign' ? 'hostForeign' : code === 'credential_hosts_missing' ? 'hostsMissing' : 'hostInvalid';
      return { fields: {}, hosts: t(`form.${key}`, { hosts: type.hosts.join(', ') }) };
    }
    const field = type.fields.find(({ title }) => detail.includes(`"${title}"`));
    if (field && code === 'credential_field_missing') return { fields: { [field.name]: t('form.missing') } };
    if (field && code === 'credential_field_invalid') return { fields: { [field.name]: t('form.oneLine') } };
    if (field && code === 'credential_field_too_long') return { fields: { [field.name]: t('form.tooLong') } };
    const words = errorWords(error, core.t);
    return { fields: {}, form: `${words.what} ${words.next}` };
  };
}
