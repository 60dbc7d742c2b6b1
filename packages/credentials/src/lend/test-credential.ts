import { ConnectorError, MillwrightError } from '@millwright/core';
import { credentials } from '@millwright/db';
import type { CredentialPorts, CredentialRef } from '../ports.ts';
import { requireType } from '../store/store.ts';
import { hasToken } from '../types.ts';
import type { LentCredential } from './lend.ts';
import type { TestingLender } from './lender.ts';

/** What a test came to. */
export interface TestSeen {
  readonly health: credentials.CredentialHealth;
}

/** Longest name of an account that is kept. */
const MAX_ACCOUNT = 200;

/**
 * Tries a credential out and notes what came of it. One that a service refuses is renewed once; one that waits for a person is tried too:
 * it may have been let in again there.
 * @throws UserError `credential_type_unknown`; TransientError `database_unavailable`
 */
export async function testCredential(ref: CredentialRef, ports: CredentialPorts & { readonly lender: TestingLender }): Promise<TestSeen> {
  let generation = 0;
  const send = async (lent: LentCredential): Promise<string | null> => {
    generation = lent.generation;
    const type = requireType(ports, lent.type);
    if (ports.probe === undefined || type.test === null) return hasToken(type) ? null : UNTRIED;
    return (await ports.probe(type, lent)).shown;
  };
  try {
    const shown = await ports.lender.lendAnyway(ref, send).catch(async (thrown: unknown) => {
      if (!(thrown instanceof ConnectorError) || thrown.kind !== 'auth' || thrown.code === 'credential_reconnect') throw thrown;
      await ports.lender.renew(ref, generation);
      return ports.lender.lendAnyway(ref, send);
    });
    if (shown === UNTRIED) return { health: 'untested' };
    return await note(ports, ref, {
      health: 'working',
      code: null,
      text: null,
      generation,
      ...(shown === null ? {} : { account: shown.slice(0, MAX_ACCOUNT) }),
    });
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) throw thrown;
    if (thrown.code === 'credential_reconnect') return { health: 'needsReconnect' };
    return note(ports, ref, { health: 'failing', code: thrown.code, text: thrown.message, generation });
  }
}

/** A type without a test: nothing was sent. */
const UNTRIED = '\u0000untried';

async function note({ db }: Pick<CredentialPorts, 'db'>, ref: CredentialRef, seen: credentials.HealthSeen): Promise<TestSeen> {
  await db.tenant(ref.workspaceId, async (tx) => credentials.putHealth(tx, ref.credentialId, seen));
  return { health: seen.health };
}
