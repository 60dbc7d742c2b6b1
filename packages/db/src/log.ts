/** What this package logs through: pino's shape, given by the composition root. */
export interface DatabaseLog {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

const nothing = (): void => undefined;

/** Keeps quiet: for tests and one-shot commands. */
export const silentLog: DatabaseLog = { debug: nothing, info: nothing, warn: nothing, error: nothing };
