import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { runErrorWords, useFaultCatalog } from '../../api/fault-words.ts';
import type { PillTone } from '../../ui/states/pill.tsx';
import type enTexts from './locales/en.ts';

/** How a connection stands. */
export type Health = CredentialView['health']['status'];

/** Look of a health; its word is beside it always. */
export const healthTone: Readonly<Record<Health, PillTone>> = {
  working: 'success',
  untested: 'neutral',
  notConnected: 'warning',
  failing: 'danger',
  needsReconnect: 'danger',
};

/** Whether somebody has to act before steps can use it. */
export function needsPerson({ health }: Pick<CredentialView, 'health'>): boolean {
  return health.status === 'needsReconnect' || health.status === 'notConnected';
}

/** What brings a connection back, by how it is connected. */
export function reconnectMove({ health, connect }: Pick<CredentialView, 'health' | 'connect'>): 'connect' | 'reconnect' | 'replace' {
  if (connect === 'fields') return 'replace';
  return health.status === 'notConnected' ? 'connect' : 'reconnect';
}

/** Name of the app of a connection, also when its connector is not installed any more. */
export function appOf({ connectorTitle, connectorKey }: Pick<CredentialView, 'connectorTitle' | 'connectorKey'>): string {
  return connectorTitle ?? connectorKey;
}

/** Whether a connection is found by a text: name, app, account, owner. */
export function matches(connection: CredentialView, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  const texts = [connection.name, appOf(connection), connection.typeTitle, connection.account, connection.owner.name];
  return wanted === '' || texts.some((text) => text?.toLocaleLowerCase().includes(wanted) === true);
}

/** Gives why a connection does not work, in the language of the interface; empty where all is well. */
export function useReason(): (health: CredentialView['health']) => { readonly text: string; readonly hint: string } {
  const faults = useFaultCatalog();
  return ({ code, text }) => {
    if (code === null) return { text: text ?? '', hint: '' };
    const words = runErrorWords({ code, message: text ?? '' }, faults);
    return { text: words.text, hint: words.hint };
  };
}

type KnownTitle = keyof (typeof enTexts)['known'];

/** Titles that come from many connectors in the same English; others are shown as their author wrote them. */
const KNOWN: Readonly<Record<string, KnownTitle>> = {
  'Access token': 'accessToken',
  'API key': 'apiKey',
  'User name': 'userName',
  Password: 'password',
  'User name and password': 'userPassword',
  'User name and password (digest)': 'userPasswordDigest',
  'Client ID': 'clientId',
  'Client secret': 'clientSecret',
  'Client credentials': 'clientCredentials',
  'Sign in': 'signIn',
  'Device code': 'deviceCode',
  'Service account': 'serviceAccount',
  'Private key': 'privateKey',
  'Token secret': 'tokenSecret',
  'Consumer key': 'consumerKey',
  'Consumer secret': 'consumerSecret',
  'Signing secret': 'signingSecret',
  'Access key ID': 'accessKeyId',
  'Secret access key': 'secretAccessKey',
  'Session token': 'sessionToken',
  'AWS access key': 'awsAccessKey',
  'Client certificate': 'clientCertificate',
  'Certificate authority': 'certificateAuthority',
  'Sign-in with exchange': 'signInExchange',
  Certificate: 'certificate',
  Passphrase: 'passphrase',
  Region: 'region',
  Address: 'address',
  Issuer: 'issuer',
};

/** Translates titles of kinds and fields where they are the common ones. */
export function useKnownTitle(): (title: string) => string {
  const { t } = useTranslation('connections');
  return (title) => {
    const key = KNOWN[title];
    return key === undefined ? title : t(`known.${key}`);
  };
}

/** One app with the ways to connect to it. */
export interface App {
  readonly key: string;
  readonly title: string;
  readonly types: readonly CredentialTypeView[];
}

/** Kinds by app, in the order of the alphabet; kinds without a sign-in are no connections. */
export function appsOf(types: readonly CredentialTypeView[]): readonly App[] {
  const apps = new Map<string, App>();
  for (const type of types.filter(({ kind }) => kind !== 'none')) {
    const known = apps.get(type.connectorKey);
    apps.set(type.connectorKey, { key: type.connectorKey, title: type.connectorTitle, types: [...(known?.types ?? []), type] });
  }
  return [...apps.values()].toSorted((a, b) => a.title.localeCompare(b.title));
}
