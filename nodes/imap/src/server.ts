import { serverCredential, serverOf, type ServerSpec } from '@millwright/node-sdk';

// TLS from the first byte only, as RFC 8314 wants it.
const SPEC: ServerSpec = { key: 'imap', title: 'IMAP', ports: { tls: 993 } };

/** The credential: a mailbox, and who signs in. */
export const credentialType = serverCredential(SPEC);

/** The slot that every action takes. */
export const CREDENTIALS = [{ name: 'auth', types: [credentialType.type], required: true }];

/** Reads the server from the credential. */
export const server = serverOf(SPEC);
