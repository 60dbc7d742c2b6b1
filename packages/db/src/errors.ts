import { TransientError } from '@millwright/core';

/** What Postgres and the driver put on their errors, as far as it is read here. */
interface DriverFacts {
  readonly code: string;
  readonly message: string;
}

/** Classes and codes of SQLSTATE that pass by themselves: the server is away, full, failing over, or chose us as a victim. */
const AWAY_CLASSES = new Set(['08', '53', '57', '58', 'XX']);
const AWAY_CODES = new Set(['25006', '28000', '28P01', '3D000', '40001', '40P01', '55P03']);
const AWAY_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
const AWAY_MESSAGES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
  'not queryable',
  'Cannot use a pool after calling end',
];

function factsOf(thrown: unknown): DriverFacts | null {
  if (!(thrown instanceof Error)) return null;
  const inner: unknown = 'code' in thrown ? undefined : thrown.cause;
  if (inner instanceof Error) return factsOf(inner);
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return { code, message: thrown.message };
}

/** The SQLSTATE or socket code of an error of the driver, below any wrapping; empty where there is none. */
export function databaseCode(thrown: unknown): string {
  return factsOf(thrown)?.code ?? '';
}

/** Whether an error says that Postgres is away for now, rather than that a statement was refused. */
export function isDatabaseAway(thrown: unknown): boolean {
  if (thrown instanceof TransientError) return true;
  const facts = factsOf(thrown);
  if (facts === null) return false;
  if (AWAY_CODES.has(facts.code) || AWAY_SOCKET.has(facts.code)) return true;
  if (/^[0-9A-Z]{5}$/.test(facts.code)) return AWAY_CLASSES.has(facts.code.slice(0, 2));
  return AWAY_MESSAGES.some((text) => facts.message.includes(text));
}

/**
 * What to throw for what the driver threw: `TransientError` `database_unavailable` when Postgres is away,
 * the same error otherwise. The driver's message stays in the cause: it names hosts, never passwords.
 */
export function asDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof TransientError || !isDatabaseAway(thrown)) return thrown;
  return new TransientError({
    code: 'database_unavailable',
    message: 'Postgres cannot be reached',
    hint: 'Try again in a moment. Nothing that was accepted is lost.',
    cause: thrown,
  });
}
