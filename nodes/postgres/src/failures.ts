import { ConnectorError, MillwrightError, type ConnectorErrorKind } from '@millwright/node-sdk';
import pg from 'pg';

/** Classes and codes of SQLSTATE after which trying again helps: no connection to be had, conflicts, restarts. */
const AGAIN = /^(40001|40P01|55P03|53|57P0[123]|08)/;
const SIGN_IN = new Set(['28P01', '28000']);

function kindOf(state: string): ConnectorErrorKind {
  if (SIGN_IN.has(state)) return 'auth';
  return AGAIN.test(state) ? 'transient' : 'permanent';
}

const HINTS: Readonly<Record<string, string>> = {
  '28P01': 'The server refused user name or password.',
  '28000': 'The server lets this user not in from here, or not in this way.',
  '3D000': "Check the connection's database.",
  '42P01': 'Check the name of the table and of its schema.',
  '42703': 'Check the names of the columns.',
  '42501': 'The database user of the connection may not do this: grant it there.',
  '23505': 'There is such a row already. "Insert or update" changes it instead.',
  '25006': 'The step only reads. Set its access to "Reads and writes".',
  '57014': 'The statement took longer than the step has time.',
};

/**
 * What the server said, as a failure: it is definite, and as everything runs in one transaction, nothing was done.
 * Anything else is handed on as it is.
 */
export function toFailure(thrown: unknown): unknown {
  if (!(thrown instanceof pg.DatabaseError)) return thrown;
  const { code: state = 'XX000', message, column, constraint, table } = thrown;
  const kind = kindOf(state);
  return new ConnectorError(kind, {
    code: SIGN_IN.has(state) ? 'postgres_sign_in' : `postgres_${state.toLowerCase()}`,
    message: `PostgreSQL says: ${message} (${state})`,
    hint: HINTS[state] ?? (kind === 'transient' ? 'Nothing was done. It can be tried again.' : 'Nothing was done. Correct the statement.'),
    ...(kind === 'transient' ? { retry: { afterMs: 1000 } } : {}),
    details: { sent: false, sqlState: state, ...named({ column, constraint, table }) },
  });
}

function named(names: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The line broke before the transaction was to be committed: the server rolls it back, so nothing was done. */
export function rolledBack(thrown: unknown): unknown {
  if (thrown instanceof MillwrightError) return thrown;
  return new ConnectorError('transient', {
    code: 'postgres_rolled_back',
    message: 'the connection to PostgreSQL was lost before anything was committed',
    hint: 'Nothing was done. It can be tried again.',
    retry: { afterMs: 1000 },
    details: { sent: false },
  });
}

/** The line broke while the commit was under way. */
export function commitLost(thrown: unknown): unknown {
  if (thrown instanceof MillwrightError) return thrown;
  return new ConnectorError('transient', {
    code: 'postgres_commit_lost',
    message: 'the connection to PostgreSQL was lost while the change was being committed',
    hint: 'It may have been done all the same: look into the table before you send it again.',
    details: { sent: true },
  });
}
