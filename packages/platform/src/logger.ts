import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { MillwrightError } from '@millwright/core';
import { prettyStream } from './pretty-stream.ts';

/** What every part of the server logs with: a constant message, and fields. Children bind `workspaceId`, `runId`, `nodeId`, `attempt`. */
export type Logger = PinoLogger;

/** Levels, the quietest first. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** How much is written. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a logger is made. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** The process or part that speaks, such as `server`. */
  readonly name: string;
  /** One readable line per entry instead of JSON. Default false. */
  readonly pretty?: boolean;
  /** Where lines go. Default: standard output. */
  readonly destination?: DestinationStream;
}

/** Field names whose value never reaches a log, at the top and up to three objects down. */
const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'apiKey',
  'authorization',
  'cookie',
  'rootKey',
  'plaintext',
  'payload',
  'body',
  'databaseUrl',
  'DATABASE_URL',
  'connectionString',
  'POSTGRES_PWD',
  'PGPASSWORD',
  '["set-cookie"]',
  '["x-api-key"]',
  '["proxy-authorization"]',
];

const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) =>
  ['', '*', '*.*', '*.*.*'].map((prefix) => (field.startsWith('[') || prefix === '' ? `${prefix}${field}` : `${prefix}.${field}`)),
);

/** Takes the user and password out of every URL in a text. */
export function withoutUrlPasswords(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, '$1[secret]@');
}

/**
 * What a log keeps of an error: no enumerable extras, since drivers hang row values and requests on theirs.
 * @param depth how many causes were followed already; four are kept
 */
function describeError(thrown: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(thrown instanceof Error)) return { message: withoutUrlPasswords(String(thrown)) };
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  return {
    type: thrown.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: withoutUrlPasswords(thrown.message),
    ...(thrown instanceof MillwrightError && thrown.details !== undefined ? { details: thrown.details } : {}),
    stack: withoutUrlPasswords(thrown.stack ?? ''),
    ...(thrown.cause !== undefined && depth < 4 ? { cause: describeError(thrown.cause, depth + 1) } : {}),
  };
}

/** Lines that could not be written are kept up to this, in bytes; what comes after is dropped. */
const UNWRITTEN_BYTES = 1024 * 1024;

/** Standard output. A full disk or a closed terminal must not end whoever logs: what can be written again is, the rest is lost. */
function standardOutput(): DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, maxLength: UNWRITTEN_BYTES });
  output.on('error', () => undefined);
  return output;
}

/**
 * Makes the logger of a process. Secrets are cut by type (`Secret`), by field name, and out of URLs in error texts.
 * Pass errors as the field `err`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    name: options.name,
    level: options.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError, cause: describeError },
    redact: { paths: REDACTED_PATHS, censor: '[secret]' },
  };
  const destination = options.destination ?? standardOutput();
  return pino(settings, options.pretty === true ? prettyStream(destination) : destination);
}
