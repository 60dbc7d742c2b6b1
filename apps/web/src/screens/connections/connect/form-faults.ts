import { ApiError } from '@millwright/client';
import type { CredentialTypeView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import type en from '../locales/en.ts';

/** What is wrong with a filled-in form, by field; `form` belongs to none. */
export interface FormFaults {
  readonly name?: string;
  readonly hosts?: string;
  readonly form?: string;
  readonly fields: Readonly<Record<string, string>>;
}

const HOSTS: ReadonlySet<string> = new Set(['credential_host_invalid', 'credential_hosts_missing', 'credential_host_foreign']);

/** What is wrong with a client certificate: the field that it is about, and its words. */
const CERTIFICATE: Readonly<Record<string, readonly [field: string, words: keyof (typeof en)['form']['certificate']]>> = {
  client_certificate_unreadable: ['certificate', 'unreadable'],
  client_certificate_expired: ['certificate', 'expired'],
  client_certificate_key_unreadable: ['privateKey', 'keyUnreadable'],
  client_certificate_key_other: ['privateKey', 'keyOther'],
  client_certificate_passphrase: ['passphrase', 'passphrase'],
  client_certificate_ca_unreadable: ['ca', 'caUnreadable'],
};

/** The day that the server names, as people write it; the end of a certificate is one of UTC. */
function dayIn(detail: string, language: string): string {
  const [day = ''] = /\d{4}-\d\d-\d\d/.exec(detail) ?? [];
  return day === '' ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
}

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
  const { t, i18n } = useTranslation('connections');
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
    const [place, certificate] = CERTIFICATE[code] ?? [];
    if (place !== undefined && certificate !== undefined)
      return { fields: { [place]: t(`form.certificate.${certificate}`, { day: dayIn(detail, i18n.language) }) } };
    const field = type.fields.find(({ title }) => detail.includes(`"${title}"`));
    if (field && code === 'credential_field_missing') return { fields: { [field.name]: t('form.missing') } };
    if (field && code === 'credential_field_invalid') return { fields: { [field.name]: t('form.oneLine') } };
    if (field && code === 'credential_field_too_long') return { fields: { [field.name]: t('form.tooLong') } };
    const words = errorWords(error, core.t);
    return { fields: {}, form: `${words.what} ${words.next}` };
  };
}
