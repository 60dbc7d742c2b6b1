import { openField, serverCredential, serverOf, type ServerSpec } from '@millwright/node-sdk';

const SPEC: ServerSpec = {
  key: 'smtp',
  title: 'SMTP',
  ports: { tls: 465, starttls: 587, none: 25 },
  fields: [
    openField('from', 'From', {
      required: false,
      placeholder: 'Ada Lovelace <ada@example.com>',
      description: 'Where a step names nobody. Default the user name.',
    }),
  ],
};

/** The credential: a mail server, and who signs in. */
export const credentialType = serverCredential(SPEC);

/** Reads the server from the credential. */
export const server = serverOf(SPEC);
