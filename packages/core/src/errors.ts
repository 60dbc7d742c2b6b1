/** Whether trying again can help, and when. */
export type Retry = 'never' | { readonly afterMs: number };

/** What every error says beyond its message. */
export interface ErrorFacts {
  /** Stable, `snake_case`: what programs compare and help pages are named after. */
  readonly code: string;
  /** For developers: what happened. */
  readonly message: string;
  /** For the person in front of the screen: what to do next. */
  readonly hint?: string | undefined;
  /** Default `never`. */
  readonly retry?: Retry | undefined;
  /** Field paths, ids and numbers that help; never payloads or secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** The base of every error of ours. Outside of it, an error is a bug. */
export class MillwrightError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly retry: Retry;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.code = facts.code;
    this.hint = facts.hint;
    this.retry = facts.retry ?? 'never';
    this.details = facts.details;
  }
}

/** What went wrong, in HTTP's words; one file of `api` turns it into a status. */
export type UserErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'tooLarge'
  | 'unprocessable'
  | 'tooMany'
  | 'preconditionFailed'
  | 'methodNotAllowed';

/** Somebody asked for what cannot be done. Never retried. */
export class UserError extends MillwrightError {
  readonly kind: UserErrorKind;
  constructor(kind: UserErrorKind, facts: ErrorFacts) {
    super(facts);
    this.kind = kind;
  }
}

/** The five kinds of failure of a service that a node talks to. */
export type ConnectorErrorKind = 'auth' | 'rate' | 'transient' | 'permanent' | 'partial';

/** A service outside failed or refused. */
export class ConnectorError extends MillwrightError {
  readonly kind: ConnectorErrorKind;
  constructor(kind: ConnectorErrorKind, facts: ErrorFacts) {
    super(facts);
    this.kind = kind;
  }
}

/** One of our own dependencies (Postgres, Temporal, blobs) is away for now. */
export class TransientError extends MillwrightError {
  constructor(facts: ErrorFacts) {
    super({ ...facts, retry: facts.retry ?? { afterMs: 1000 } });
  }
}

/** Something that cannot be: a bug of ours. */
export class InvariantError extends MillwrightError {}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Fails to compile when a union gained a member that a switch does not handle.
 * @throws InvariantError always
 */
export function unreachable(value: never): never {
  throw new InvariantError({ code: 'unreachable', message: `unexpected value ${JSON.stringify(value)}` });
}
