import { openField, serverCredential, serverOf, type ServerSpec } from '@millwright/node-sdk';

const SPEC: ServerSpec = {
  key: 'postgres',
  title: 'PostgreSQL',
  ports: { tls: 5432, none: 5432 },
  fields: [openField('database', 'Database', { placeholder: 'sales' })],
};

/** The credential: a database, and who signs in. */
export const credentialType = serverCredential(SPEC);

/** The slot that every action takes. */
export const CREDENTIALS = [{ name: 'auth', types: [credentialType.type], required: true }];

/** Reads the server from the credential. */
export const server = serverOf(SPEC);
