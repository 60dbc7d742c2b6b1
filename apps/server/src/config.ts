import { UserError } from '@millwright/core';
import { loadConfig, LOG_LEVELS, type Environment } from '@millwright/platform';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** The names that expressions may read: nothing of ours, which would be a way to secrets. */
const expressionNames = list.pipe(
  z
    .array(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'is no name of the environment')
        .refine((name) => !/^(?:MILLWRIGHT_|DATABASE_URL$|TEMPORAL_ADDRESS$|PG)/i.test(name), 'is a setting of Millwright itself'),
    )
    .max(50),
);

/** The server's settings; every fault is reported at once (`config_invalid`). */
const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('PostgreSQL 18 database of this install; its user may create roles'),
  TEMPORAL_ADDRESS: z.string().min(1).describe('host:port of the Temporal frontend'),
  MILLWRIGHT_HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  MILLWRIGHT_PORT: z.coerce.number().int().min(1).max(65_535).default(4400).describe('Port to listen on'),
  MILLWRIGHT_PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address under which people and webhooks reach this server; default http://<host>:<port>'),
  MILLWRIGHT_ROLE: z.enum(['all', 'api', 'gateway', 'worker']).default('all').describe('What this process does'),
  MILLWRIGHT_DATA: z.string().default('.millwright').describe('Folder for the root key and caches'),
  MILLWRIGHT_CACHE: z.string().optional().describe('Folder for what can be made again, such as the workflow bundle; default <data>/cache'),
  MILLWRIGHT_WEB_DIST: z.string().optional().describe('Folder of the built web app; without it no pages are served'),
  MILLWRIGHT_ROOT_KEY: z.string().optional().describe('Root key (base64, 32 bytes) instead of the file root.key'),
  MILLWRIGHT_ROOT_KEY_COMMAND: z
    .string()
    .optional()
    .describe('Shell command that prints the root key instead, such as one of a key store; MILLWRIGHT_ROOT_KEY counts before it'),
  MILLWRIGHT_EGRESS_ALLOW: list.default([]).describe('Private hosts that workflows may call: host:port or CIDR, comma separated'),
  MILLWRIGHT_EXPRESSION_ENV: expressionNames
    .default([])
    .describe(
      'Names of the environment that expressions may read as $env.NAME, comma separated; everybody who edits workflows can see their values',
    ),
  MILLWRIGHT_MULTI_TENANT: z
    .stringbool()
    .default(false)
    .describe('Workspaces do not trust each other: the server refuses to start where Code steps would run behind walls below L2'),
  MILLWRIGHT_CODE_LEVEL: z
    .enum(['L1', 'L2', 'L3'])
    .default('L1')
    .describe('Weakest walls around Code steps to start with: L1 what Node forbids, L2 bubblewrap, L3 a kernel of their own'),
  MILLWRIGHT_CODE_ONE_SHOT: z.stringbool().default(false).describe('Whether every call of a Code step has a process of its own; slower'),
  MILLWRIGHT_CODE_MEMORY_MB: z.coerce.number().int().min(32).max(4096).default(128).describe('Heap of a Code process, in MiB'),
  MILLWRIGHT_CODE_PACKAGES: z
    .string()
    .optional()
    .describe('Folder in which an admin installed npm packages; Code steps may load those that its package.json names'),
  MILLWRIGHT_HOIST: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether a run begins to compute while its start is on the way to the disk'),
  MILLWRIGHT_REMOTE: z
    .enum(['auto', 'never', 'always'])
    .default('auto')
    .describe('Which calls leave their segment and run as activities of their own: auto those that would hold it, never, always'),
  MILLWRIGHT_QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]*$/)
    .default('')
    .describe('Prefix of Temporal queue names, for several installs on one Temporal'),
  MILLWRIGHT_BUILD_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,60}$/)
    .optional()
    .describe(
      'Name of this build, where servers of several builds run side by side: runs stay with the build that began them; npm run promote',
    ),
  MILLWRIGHT_SUPERVISED: z
    .stringbool()
    .default(false)
    .describe('Set by the supervisor, which starts a killed server again: an owner may then pull the plug in the settings'),
  MILLWRIGHT_TEST_NODES: z
    .stringbool()
    .default(false)
    .describe('Installs the nodes that only proofs need; has no effect where NODE_ENV is production'),
  MILLWRIGHT_DEV: z
    .stringbool()
    .default(false)
    .describe('Follows the sources of node packages; refused where NODE_ENV is production or workspaces do not trust each other'),
  MILLWRIGHT_DEV_FOLDER: z.string().min(1).optional().describe('A node package, or a folder of them, that is followed beside nodes/'),
  NODE_ENV: z.string().default('production').describe('production, or anything else on a machine for development'),
  MILLWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('How much is logged'),
});

/** What a process of each role does. Replies come from memory, so whoever takes webhooks also runs them. */
export const ROLES = {
  all: { serves: ['gateway', 'api', 'web'], queues: ['rt', 'bg', 'fx'], sendsMail: true, hostsTriggers: true },
  api: { serves: ['api', 'web'], queues: [], sendsMail: false, hostsTriggers: false },
  gateway: { serves: ['gateway'], queues: ['rt'], sendsMail: false, hostsTriggers: false },
  worker: { serves: [], queues: ['rt', 'bg', 'fx'], sendsMail: true, hostsTriggers: true },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly serves: readonly Served[];
      readonly queues: readonly ('rt' | 'bg' | 'fx')[];
      readonly sendsMail: boolean;
      readonly hostsTriggers: boolean;
    }
  >
>;

/** What can be served beside `/healthz` and `/readyz`, which every role has. */
export type Served = 'gateway' | 'api' | 'web';

/** The settings of one server process. */
export type ServerConfig = z.infer<typeof settings> & {
  readonly publicUrl: string;
  readonly testNodes: boolean;
  /** Values of the names that expressions may read; those that are not set are left out. */
  readonly expressionEnv: Readonly<Record<string, string>>;
};

/** Most that the values of all allowed names may have together, UTF-16 units: runs carry those that they mention. */
const MAX_ENV_LENGTH = 16_384;

/** @throws UserError `config_invalid` */
function readExpressionEnv(names: readonly string[], env: Environment): Readonly<Record<string, string>> {
  const values = Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  if (Object.values(values).join('').length <= MAX_ENV_LENGTH) return values;
  throw new UserError('invalid', {
    code: 'config_invalid',
    message: `MILLWRIGHT_EXPRESSION_ENV: the values have more than ${MAX_ENV_LENGTH} characters together`,
    hint: 'Allow fewer names, or keep long texts in variables of the workspace.',
  });
}

/** @throws UserError `dev_refused` */
function refuseDev(config: z.infer<typeof settings>): void {
  const why =
    config.NODE_ENV === 'production' ? 'NODE_ENV is production' : config.MILLWRIGHT_MULTI_TENANT ? 'MILLWRIGHT_MULTI_TENANT is on' : null;
  if (!config.MILLWRIGHT_DEV || why === null) return;
  throw new UserError('invalid', {
    code: 'dev_refused',
    message: `Sources of node packages are not followed here: ${why}, and what is published must not change with a file.`,
    hint: 'Use `millwright dev` on a machine for development only.',
  });
}

/** What exchanging keys needs of the settings. */
const keySettings = settings.pick({
  DATABASE_URL: true,
  MILLWRIGHT_DATA: true,
  MILLWRIGHT_ROOT_KEY: true,
  MILLWRIGHT_ROOT_KEY_COMMAND: true,
  MILLWRIGHT_LOG_LEVEL: true,
});
/** @see keySettings */
export type KeyConfig = z.output<typeof keySettings>;

/** Reads what `keys rotate` needs. @throws UserError `config_invalid` */
export function readKeyConfig(env: Environment): KeyConfig {
  return loadConfig(keySettings, env);
}

/**
 * Reads the settings.
 * @throws UserError `config_invalid`, `dev_refused`
 */
export function readConfig(env: Environment): ServerConfig {
  const config = loadConfig(settings, env);
  refuseDev(config);
  const publicUrl =
    config.MILLWRIGHT_PUBLIC_URL ??
    `http://${config.MILLWRIGHT_HOST === '0.0.0.0' ? '127.0.0.1' : config.MILLWRIGHT_HOST}:${config.MILLWRIGHT_PORT}`;
  const testNodes = config.MILLWRIGHT_TEST_NODES && config.NODE_ENV !== 'production';
  const expressionEnv = readExpressionEnv(config.MILLWRIGHT_EXPRESSION_ENV, env);
  return { ...config, publicUrl: publicUrl.replace(/\/$/, ''), testNodes, expressionEnv };
}

/** Private targets that workflows may call: the built-in echo is one entry of the list, like any other. */
export function allowedTargets(config: ServerConfig): readonly string[] {
  return [...config.MILLWRIGHT_EGRESS_ALLOW, `${config.publicUrl}/echo/`];
}

/** What expressions may read by name; null where an allowed name is not set. */
export function environmentOf(config: ServerConfig): Readonly<Record<string, string | null>> {
  return Object.fromEntries(config.MILLWRIGHT_EXPRESSION_ENV.map((name) => [name, config.expressionEnv[name] ?? null]));
}

/** One line per setting, for `.env.example`. */
export function describeSettings(): readonly { readonly name: string; readonly text: string; readonly initial: string }[] {
  return Object.entries(settings.shape).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const initial = json.default as string | number | readonly string[] | undefined;
    return {
      name,
      text: schema.description ?? json.description ?? '',
      initial: Array.isArray(initial) ? initial.join(',') : String(initial ?? ''),
    };
  });
}
