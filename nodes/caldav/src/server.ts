import { basic, openField, type CredentialTypeInfo } from '@millwright/node-sdk';

/** The credential: an account, and who signs in; it goes to the account's host only. */
export const credentialType: CredentialTypeInfo = {
  type: 'caldav.basic',
  connectorKey: 'caldav',
  connectorTitle: 'CalDAV',
  title: 'User name and password',
  auth: basic({ fields: [openField('url', 'Address', { placeholder: 'https://calendar.example.com/dav/' })] }),
  hosts: ['{{auth.url}}'],
  baseUrl: '{{auth.url}}',
  test: null,
};

/** The slot that every action takes. */
export const CREDENTIALS = [{ name: 'auth', types: [credentialType.type], required: true }];
