import type { Clock } from '@millwright/core';
import type { credentials, Database, TenantTx } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import type { LentCredential } from './lend/lend.ts';
import type { CredentialTypes } from './types.ts';
import type { Vault } from './vault/vault.ts';

/** Where this package says what an admin must know; messages are constant, fields never hold secrets. */
export interface CredentialLog {
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** Tries a credential out: sends its type's test, signed. @returns what the service says of it. @throws ConnectorError, UserError */
export type CredentialProbe = (type: CredentialTypeInfo, lent: LentCredential) => Promise<{ readonly shown: string | null }>;

/** What everything about credentials works with. */
export interface CredentialPorts {
  readonly db: Pick<Database, 'tenant'>;
  readonly vault: Vault;
  readonly types: CredentialTypes;
  /** The guarded way out, for token requests. */
  readonly egress: Pick<Egress, 'request'>;
  readonly clock: Clock;
  readonly log: CredentialLog;
  /** Address under which people reach the server; no slash at the end. */
  readonly publicUrl: string;
  /** Called when a credential was found to need a person, in the transaction that notes it; what it throws undoes that. Default: nobody is told. */
  readonly onDead?: (tx: TenantTx, credential: credentials.Credential) => Promise<void>;
  /** Default: tests only get a token, and nobody says whose it is. */
  readonly probe?: CredentialProbe;
}

/** Whose credential. */
export interface CredentialRef {
  readonly workspaceId: string;
  readonly credentialId: string;
}
