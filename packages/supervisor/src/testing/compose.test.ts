import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Ajv2019 from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Secret } from '@millwright/platform';
import { HISTORY_RETENTION_DAYS, TEMPORAL_NAMESPACE, TEMPORAL_VERSION, temporalServerSettings } from '@millwright/temporal-server';
import { POSTGRES_SETTINGS, POSTGRES_USER } from '../postgres/cluster.ts';
import { serverEnvironment } from '../server-child.ts';

const root = resolve(import.meta.dirname, '../../../..');
const read = async (file: string): Promise<string> => readFile(join(root, file), 'utf8');

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
}
interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
}

/** Compose fills variables in before a container sees them: `$$` is a dollar, `${A:-b}` and `${A:?c}` are values. */
function filledIn(text: string): string {
  const given: Readonly<Record<string, string>> = { POSTGRES_PASSWORD: 'pw' };
  const variable = /\$\{(?<name>\w+):(?<kind>[-?])(?<other>[^}]*)\}/g;
  const filled = text.replaceAll(variable, (...parts) => {
    const { name = '', kind, other = '' } = parts.at(-1) as Readonly<Record<string, string | undefined>>;
    return given[name] ?? (kind === '-' ? other : '');
  });
  return filled.replaceAll('$$', '$');
}

const composeText = await read('docker-compose.yml');
const compose = parse(filledIn(composeText), { merge: true }) as ComposeFile;
const service = (name: string): Service => compose.services[name] ?? {};

/** What differs in compose, and nothing else does: hosts and ports, the shard count, and where files lie. */
const settings = temporalServerSettings({
  postgres: { host: 'postgres', port: 5432, user: POSTGRES_USER, password: new Secret('pw') },
  historyShards: 128,
  dynamicConfigPath: '/deploy/dynamic-config.yaml',
});

describe('docker-compose.yml', () => {
  it('is a valid compose file', async () => {
    const schema = JSON.parse(await read('deploy/compose-spec.schema.json')) as Record<string, unknown>;
    // The published schema predates strict mode and names itself with draft-4 `id`s.
    const withoutIds = JSON.parse(
      JSON.stringify(schema, (key, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value)),
    ) as Record<string, unknown>;
    const ajv = new Ajv2019.default({ strict: false, validateFormats: false });
    const valid = ajv.validate(
      { ...withoutIds, $schema: 'https://json-schema.org/draft/2019-09/schema' },
      parse(composeText, { merge: true }),
    );
    expect(ajv.errors).toBeNull();
    expect(valid).toBe(true);
  });

  it('runs Temporal as the supervisor does: `--allow-no-auth` as a variable, listening where the image decides', () => {
    expect(settings.args).toEqual(['--allow-no-auth', 'start']);
    expect(service('temporal').environment).toEqual({ ...settings.env, TEMPORAL_ALLOW_NO_AUTH: 'true' });
    expect(service('temporal').image).toBe(`temporalio/server:${TEMPORAL_VERSION}`);
    expect(service('temporal').command).toBeUndefined();
    expect(service('temporal').ports).toBeUndefined();
  });
});

describe('Temporal in compose', () => {
  it('has the same dynamic config file', async () => {
    expect(await read('deploy/temporal/dynamic-config.yaml')).toBe(settings.dynamicConfig);
  });

  it.each([
    ['temporal-schema', 0],
    ['temporal-visibility-schema', 1],
  ] as const)('sets up the database of %s with the same commands', (name, index) => {
    const { schemaCommands } = settings.databases[index];
    expect(service(name).command).toEqual([
      'sh',
      '-c',
      schemaCommands.map(({ args }) => `temporal-sql-tool ${args.join(' ')}`).join(' && '),
    ]);
    for (const { env } of schemaCommands) expect(service(name).environment).toEqual(env);
    expect(service(name).image).toBe(`temporalio/admin-tools:${TEMPORAL_VERSION}`);
  });

  it('tunes the visibility database with the same statements', async () => {
    const [store, visibility] = settings.databases;
    expect(store.tuningSql).toEqual([]);
    expect(await read('deploy/temporal/visibility.sql')).toBe(visibility.tuningSql.map((sql) => `${sql};\n`).join(''));
    expect(service('temporal-visibility-tuning').environment).toEqual({
      PGHOST: 'postgres',
      PGUSER: POSTGRES_USER,
      PGPASSWORD: 'pw',
      PGDATABASE: visibility.name,
    });
    expect(service('temporal-visibility-tuning').command).toContain('/deploy/visibility.sql');
  });
});

describe('its services', () => {
  it('make the same databases', async () => {
    const script = await read('deploy/postgres/create-databases.sql');
    for (const { name } of settings.databases) expect(script).toContain(`CREATE DATABASE ${name} TEMPLATE template0;`);
    expect(service('postgres').environment?.['POSTGRES_DB']).toBe('millwright');
  });

  it('run PostgreSQL 18 with the same settings', () => {
    const flags = Object.entries(POSTGRES_SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    expect(service('postgres').command).toEqual(['postgres', ...flags]);
    expect(service('postgres').image).toBe('postgres:18');
    expect(service('postgres').environment?.['POSTGRES_USER']).toBe(POSTGRES_USER);
  });

  it('register the same namespace with the same retention', () => {
    expect(service('temporal-namespace').command?.at(-1)).toContain(
      `namespace create -n ${TEMPORAL_NAMESPACE} --retention ${HISTORY_RETENTION_DAYS * 24}h`,
    );
  });

  it.each([
    ['server', 'all'],
    ['gateway', 'gateway'],
    ['worker', 'worker'],
  ])('give %s the variables that the supervisor gives, its role, and an address outside the container', (name, role) => {
    // In compose Docker watches over it, not the supervisor: what needs that is left out there.
    const { MILLWRIGHT_SUPERVISED: _supervised, ...told } = serverEnvironment(
      {
        databaseUrl: `postgres://${POSTGRES_USER}:pw@postgres:5432/millwright`,
        temporalAddress: 'temporal:7233',
        port: 4400,
        dataDir: '/data',
        webDist: '/app/apps/web/dist',
      },
      {},
    );
    expect(service(name).environment).toEqual({ ...told, MILLWRIGHT_ROLE: role, MILLWRIGHT_HOST: '0.0.0.0' });
    expect(service(name).command).toBeUndefined();
  });

  it('run the server by the command of the image, which is the supervisor’s', async () => {
    expect(await read('Dockerfile')).toContain('CMD ["node", "apps/server/src/main.ts"]');
    expect(await read('apps/cli/src/start.ts')).toContain("args: [join(ROOT, 'apps/server/src/main.ts')]");
  });
});
