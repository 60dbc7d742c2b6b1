import { join, resolve } from 'node:path';
import { z } from 'zod';
import { loadConfig, LOG_LEVELS, Secret, type Environment } from '@millwright/platform';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../../..');

const schema = z.object({
  MILLWRIGHT_PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be 1 to 65535')
    .max(65_535, 'must be 1 to 65535')
    .default(4400),
  MILLWRIGHT_DATA: z.string().default(join(ROOT, '.millwright')),
  MILLWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('warn'),
  MILLWRIGHT_CODE_LEVEL: z.enum(['L1', 'L2', 'L3'], 'must be L1, L2 or L3').default('L1'),
  MILLWRIGHT_MULTI_TENANT: z.stringbool('must be true or false').default(false),
  MILLWRIGHT_TEMPORAL_MIRROR: z.url('must be a URL').optional(),
  MILLWRIGHT_BOOTSTRAP_PIPE: z.coerce.number().int().optional(),
  DATABASE_URL: z
    .string()
    .transform((text) => new Secret(text))
    .optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^.+:\d+$/, 'must be host:port')
    .optional(),
  INIT_CWD: z.string().default(process.cwd()),
});

/** What the command line tool is told by its environment. */
export interface CliConfig {
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly temporalMirror: string | undefined;
  /** Weakest walls around Code steps that a start needs. */
  readonly leastWalls: 'L1' | 'L2' | 'L3';
  /** Whether workspaces do not trust each other. */
  readonly isMultiTenant: boolean;
  /** The file descriptor of a pipe whose end means that the bootstrap is gone. */
  readonly bootstrapPipe: number | undefined;
  readonly databaseUrl: Secret | undefined;
  readonly temporalAddress: string | undefined;
  /** Where the person stands: what relative files are relative to. */
  readonly cwd: string;
  /** What children inherit. */
  readonly env: Environment;
}

/**
 * Reads the environment, once.
 * @throws UserError `config_invalid`
 */
export function readConfig(): CliConfig {
  const { MILLWRIGHT_BOOTSTRAP_PIPE: bootstrapPipe, ...env } = process.env;
  const config = loadConfig(schema, { ...env, MILLWRIGHT_BOOTSTRAP_PIPE: bootstrapPipe });
  return {
    port: config.MILLWRIGHT_PORT,
    cwd: config.INIT_CWD,
    dataDir: resolve(config.INIT_CWD, config.MILLWRIGHT_DATA),
    logLevel: config.MILLWRIGHT_LOG_LEVEL,
    temporalMirror: config.MILLWRIGHT_TEMPORAL_MIRROR,
    leastWalls: config.MILLWRIGHT_MULTI_TENANT && config.MILLWRIGHT_CODE_LEVEL === 'L1' ? 'L2' : config.MILLWRIGHT_CODE_LEVEL,
    isMultiTenant: config.MILLWRIGHT_MULTI_TENANT,
    bootstrapPipe: config.MILLWRIGHT_BOOTSTRAP_PIPE,
    databaseUrl: config.DATABASE_URL,
    temporalAddress: config.TEMPORAL_ADDRESS,
    env,
  };
}
