import { rolesWith } from '@millwright/api';
import { createConnectorRuntime, type ConnectorRuntime } from '@millwright/connector-runtime';
import { systemClock } from '@millwright/core';
import {
  createLender,
  createVault,
  type CredentialPorts,
  type CredentialProbe,
  type TestingLender,
  type WorkspaceKeys,
} from '@millwright/credentials';
import type { Database } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import type { Logger } from '@millwright/platform';
import { tellOwner, type OwnerMail } from './tell-owner.ts';

/** What credentials are made of in one process. */
export interface CredentialSources {
  readonly db: Database;
  readonly keys: WorkspaceKeys;
  readonly egress: Egress;
  readonly types: CredentialPorts['types'];
  readonly log: Logger;
  readonly publicUrl: string;
  /** Where owners are told that a credential died. */
  readonly mail: OwnerMail['mail'];
}

/** Credentials of one process, and connectors that sign with them. */
export interface ConnectedCredentials {
  readonly ports: CredentialPorts;
  readonly lender: TestingLender;
  readonly connectors: ConnectorRuntime;
}

/** Makes store, lender and the runtime that signs requests; the runtime also tries credentials out, so each is given to the other. */
export function connectCredentials({ keys, types, mail, ...sources }: CredentialSources): ConnectedCredentials {
  let probe: CredentialProbe = async () => ({ shown: null });
  const ports: CredentialPorts = {
    ...sources,
    vault: createVault(keys),
    types,
    clock: systemClock,
    onDead: tellOwner({ mail, types, publicUrl: sources.publicUrl }),
    probe: (type, lent) => probe(type, lent),
  };
  const lender = createLender(ports, { managerRoles: rolesWith('credentials.manage') });
  const connectors = createConnectorRuntime({ egress: sources.egress, lender });
  ({ probe } = connectors);
  return { ports, lender, connectors };
}
