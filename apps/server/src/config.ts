import { loadConfig, LOG_LEVELS, type Environment } from '@millwright/platform';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
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
  MILLWRIGHT_EGRESS_ALLOW: list.default([]).describe('Private hosts that workflows may call: host:port or CIDR, comma separated'),
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
  MILLWRIGHT_SUPERVISED: z
    .stringbool()
    .default(false)
    .describe('Set by the supervisor, which starts a killed server again: an owner may then pull the plug in the settings'),
  MILLWRIGHT_TEST_NODES: z
    .stringbool()
    .default(false)
    .describe('Installs the nodes that only proofs need; has no effect where NODE_ENV is production'),
  NODE_ENV: z.string().default('production').describe('production, or anything else on a machine for development'),
  MILLWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info').describe('How much is logged'),
});

/** What a process of each role does. Replies come from memory, so whoever takes webhooks also runs them. */
export const ROLES = {
  all: { serves: ['gateway', 'api', 'web'], queues: ['rt', 'bg', 'fx'] },
  api: { serves: ['api', 'web'], queues: [] },
  gateway: { serves: ['gateway'], queues: ['rt'] },
  worker: { serves: [], queues: ['rt', 'bg', 'fx'] },
} as const satisfies Readonly<Record<string, { readonly serves: readonly Served[]; readonly queues: readonly ('rt' | 'bg' | 'fx')[] }>>;

/** What can be served beside `/healthz` and `/readyz`, which every role has. */
export type Served = 'gateway' | 'api' | 'web';

/** The settings of one server process. */
export type ServerConfig = z.infer<typeof settings> & { readonly publicUrl: string; readonly testNodes: boolean };

/**
 * Reads the settings.
 * @throws UserError `config_invalid`
 */
export function readConfig(env: Environment): ServerConfig {
  const config = loadConfig(settings, env);
  const publicUrl =
    config.MILLWRIGHT_PUBLIC_URL ??
    `http://${config.MILLWRIGHT_HOST === '0.0.0.0' ? '127.0.0.1' : config.MILLWRIGHT_HOST}:${config.MILLWRIGHT_PORT}`;
  const testNodes = config.MILLWRIGHT_TEST_NODES && config.NODE_ENV !== 'production';
  return { ...config, publicUrl: publicUrl.replace(/\/$/, ''), testNodes };
}

/** Private targets that workflows may call: the built-in echo is one entry of the list, like any other. */
export function allowedTargets(config: ServerConfig): readonly string[] {
  return [...config.MILLWRIGHT_EGRESS_ALLOW, `${config.publicUrl}/echo/`];
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
