import {
  action,
  apiKey,
  basic,
  bearer,
  clientCredentials,
  defineConnector,
  digest,
  exchange,
  hmacSigned,
  idempotent,
  jwt,
  link,
  list,
  oauth1,
  oauth2,
  openField,
  secretField,
  sigV4,
  z,
} from '@millwright/node-sdk';
import { thingAdded, thingChanged, thingList, thingMoved } from './triggers.ts';

const base = openField('baseUrl', 'Address');
const client = [base, openField('clientId', 'Client ID'), secretField('clientSecret', 'Client secret')];
const tokenUrl = '{{auth.baseUrl}}/token';

/** Every way to sign in, at an address that each credential names. */
export default defineConnector({
  key: 'testconnector',
  title: 'Test connector',
  version: '1.0.0',
  categories: ['tests'],
  baseUrl: '{{auth.baseUrl}}',
  auth: {
    bearer: bearer({ fields: [base] }),
    header: apiKey({ in: 'header', name: 'x-api-key', fields: [base] }),
    query: apiKey({ in: 'query', name: 'key', fields: [base] }),
    cookie: apiKey({ in: 'cookie', name: 'key', fields: [base] }),
    basic: basic({ fields: [base] }),
    digest: digest({ fields: [base] }),
    oauth1: oauth1({ fields: [base] }),
    hmac: hmacSigned({
      over: '{{timestamp}}{{path}}{{body}}',
      headers: { 'x-signature': '{{signature}}', 'x-time': '{{timestamp}}' },
      fields: [base],
    }),
    sigV4: sigV4({ service: 'things', region: 'eu-central-1', fields: [base] }),
    jwt: jwt({ algorithm: 'HS256', claims: { iss: '{{fields.issuer}}' }, fields: [base, openField('issuer', 'Issuer')] }),
    exchange: exchange({
      exchange: {
        url: '{{auth.baseUrl}}/session',
        method: 'POST',
        body: { as: 'json', values: { password: '{{fields.password}}' } },
        token: 'body.session',
      },
      fields: [base, secretField('password', 'Password')],
    }),
    machine: clientCredentials({ tokenUrl, fields: client }),
    window: oauth2({
      authorizeUrl: '{{auth.issuer}}/auth',
      tokenUrl: '{{auth.issuer}}/token',
      scopes: ['openid', 'email', 'offline_access'],
      extraParams: { prompt: 'consent' },
      rotates: true,
      fields: [...client, openField('issuer', 'Issuer')],
    }),
  },
  test: { get: '/me', show: '{{name}}' },
  errors: { message: 'body.message' },
  pages: { all: link({ items: 'body' }) },
  options: { names: list({ request: { get: '/names' }, items: 'body.names', value: 'id', label: 'name' }) },
  triggers: { 'thing.added': thingAdded, 'thing.changed': thingChanged, 'thing.moved': thingMoved },
  actions: {
    'thing.list': thingList,
    'thing.send': action({
      title: 'Send thing',
      description: 'Sends a thing.',
      aliases: ['post'],
      effect: idempotent.header('idempotency-key'),
      input: z.strictObject({
        name: z
          .string()
          .min(1)
          .max(100)
          .meta({ title: 'Name', field: { load: { options: 'names' } } }),
      }),
      request: { post: '/things', body: { name: '{{name}}' } },
      output: { schema: z.object({ id: z.string() }), sample: { id: '1' } },
      example: { name: 'One' },
    }),
  },
});
