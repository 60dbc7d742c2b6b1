import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '@millwright/platform';
import { releaseArchiveName } from './obtain/release-archive.ts';
import { temporalCacheDir } from './obtain/binaries.ts';
import { temporalServerSettings } from './settings.ts';

const settings = temporalServerSettings({
  postgres: { host: '127.0.0.1', port: 5433, user: 'postgres', password: new Secret('hidden') },
  bindOnIp: '127.0.0.1',
  historyShards: 4,
  dynamicConfigPath: '/data/dynamic.yaml',
});

describe('the settings of the Temporal server', () => {
  it('keep passwords out of every command line', () => {
    expect(inspect([settings.args, settings.databases.map(({ schemaCommands }) => schemaCommands.map(({ args }) => args))])).not.toContain(
      'hidden',
    );
  });

  it('set what was measured to matter', () => {
    expect(settings.env).toMatchObject({ GOGC: '400', GOMEMLIMIT: '450MiB', NUM_HISTORY_SHARDS: '4' });
    expect(settings.dynamicConfig).toContain('system.enableActivityEagerExecution:\n  - value: true\n');
    expect(settings.dynamicConfig).toContain('history.visibilityProcessorMaxPollRPS:\n  - value: 1\n');
    expect(settings.databases[1].tuningSql.join()).toContain('SET synchronous_commit = off');
  });

  it('leave the host to the driver where there is a socket, and the schema tool with TCP', () => {
    const postgres = { ...settingsInput.postgres, socketFolder: '/data/postgres' };
    const { env, databases } = temporalServerSettings({ ...settingsInput, postgres });
    expect(env).toMatchObject({ POSTGRES_SEEDS: '', DB_PORT: '1', PGHOST: '/data/postgres' });
    expect(databases[0].schemaCommands[0]?.env).toMatchObject({ SQL_HOST: 'h' });
    expect(settings.env).toMatchObject({ POSTGRES_SEEDS: '127.0.0.1' });
    expect(settings.env).not.toHaveProperty('PGHOST');
  });

  it('quote a database name that has to be', () => {
    const [, visibility] = temporalServerSettings({
      ...settingsInput,
      postgres: { ...settingsInput.postgres, visibilityDatabase: 'a"b' },
    }).databases;
    expect(visibility.tuningSql.join()).toContain('ALTER DATABASE "a""b"');
  });
});

const settingsInput = { postgres: { host: 'h', port: 1, user: 'u', password: new Secret('p') }, historyShards: 1, dynamicConfigPath: '/x' };

describe('where the server is looked for', () => {
  it('follows the XDG cache folder', () => {
    expect(temporalCacheDir({ XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe('/c/millwright/temporal-1.31.2');
    expect(temporalCacheDir({ HOME: '/h' })).toBe('/h/.cache/millwright/temporal-1.31.2');
  });

  it('names the archive as the project does', () => {
    expect(releaseArchiveName('linux', 'x64')).toBe('temporal_1.31.2_linux_amd64.tar.gz');
    expect(releaseArchiveName('darwin', 'arm64')).toBe('temporal_1.31.2_darwin_arm64.tar.gz');
  });
});
