import {
  apiKey,
  basic,
  bearer,
  clientCredentials,
  deviceCode,
  digest,
  hmacSigned,
  mtls,
  oauth1,
  oauth2,
  openField,
  secretField,
  sigV4,
  type AuthSpec,
  type CredentialTypeInfo,
} from '@millwright/node-sdk';

/** Any other kind of credential: it goes to the hosts that it names, whatever step sends it. */
export const ANY_CREDENTIAL = '*';

const URL_HINT = { placeholder: 'https://login.example.com/oauth/token' } as const;
const TOKEN_URL = openField('tokenUrl', 'Token URL', URL_HINT);
const SCOPES = openField('scopes', 'Scopes', { required: false, description: 'Separated by spaces.' });
const CLIENT = [openField('clientId', 'Client ID'), secretField('clientSecret', 'Client secret', { required: false })];
const tokens = { tokenUrl: '{{auth.tokenUrl}}', scopes: ['{{auth.scopes}}'] };

const PREFIX = openField('prefix', 'Before the key', { required: false, placeholder: 'Token ', description: 'With its space.' });

const KINDS: Readonly<Record<string, AuthSpec>> = {
  basic: basic(),
  bearer: bearer(),
  header: apiKey({
    in: 'header',
    name: '{{auth.name}}',
    prefix: '{{auth.prefix}}',
    label: 'API key in a header',
    fields: [openField('name', 'Header', { placeholder: 'X-API-Key' }), secretField('key', 'API key'), PREFIX],
  }),
  query: apiKey({
    in: 'query',
    name: '{{auth.name}}',
    label: 'API key in the address',
    fields: [openField('name', 'Query parameter', { placeholder: 'api_key' }), secretField('key', 'API key')],
  }),
  digest: digest(),
  oauth1: oauth1(),
  oauth2: oauth2({
    authorizeUrl: '{{auth.authorizeUrl}}',
    ...tokens,
    label: 'OAuth 2.0',
    fields: [
      openField('authorizeUrl', 'Authorization URL', { placeholder: 'https://login.example.com/oauth/authorize' }),
      TOKEN_URL,
      ...CLIENT,
      SCOPES,
    ],
  }),
  clientCredentials: clientCredentials({ ...tokens, label: 'OAuth 2.0 client credentials', fields: [TOKEN_URL, SCOPES] }),
  deviceCode: deviceCode({
    deviceUrl: '{{auth.deviceUrl}}',
    ...tokens,
    label: 'OAuth 2.0 device code',
    fields: [openField('deviceUrl', 'Device authorization URL', URL_HINT), TOKEN_URL, ...CLIENT, SCOPES],
  }),
  mtls: mtls(),
  sigV4: sigV4({ service: '{{auth.service}}', fields: [openField('service', 'AWS service', { placeholder: 'execute-api' })] }),
  hmac: hmacSigned({
    over: '{{auth.over}}',
    headers: { '{{auth.header}}': '{{auth.prefix}}{{signature}}', '{{auth.timestampHeader}}': '{{timestamp}}' },
    label: 'Signed with a secret (HMAC)',
    fields: [
      openField('over', 'What is signed', {
        placeholder: '{{timestamp}}.{{body}}',
        description: 'Of {{method}}, {{url}}, {{path}}, {{query}}, {{body}}, {{bodyHash}}, {{timestamp}} and {{nonce}}; SHA-256, as hex.',
      }),
      openField('header', 'Header of the signature', { placeholder: 'X-Signature' }),
      openField('prefix', 'Before the signature', { required: false, placeholder: 'sha256=' }),
      openField('timestampHeader', 'Header of the time', { required: false, placeholder: 'X-Timestamp' }),
    ],
  }),
};

/** Ways to sign in to any service. They name no hosts: whoever connects does, and nothing else gets the secret. */
export const credentialTypes: readonly CredentialTypeInfo[] = Object.entries(KINDS).map(([name, auth]) => ({
  type: `http.${name}`,
  connectorKey: 'http',
  connectorTitle: 'HTTP',
  title: auth.label,
  auth,
  hosts: [],
  baseUrl: '',
  test: null,
}));
