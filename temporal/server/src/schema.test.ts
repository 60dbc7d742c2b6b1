import { Secret, createLogger } from '@millwright/platform';
import { describe, expect, it } from 'vitest';
import { setUpTemporalDatabases } from './schema.ts';
import { temporalServerSettings } from './settings.ts';
import { TEMPORAL_VERSION } from './version.ts';

const settings = temporalServerSettings({
  postgres: { host: 'postgres', port: 5432, user: 'postgres', password: new Secret('pw') },
  historyShards: 4,
  dynamicConfigPath: '/dynamic-config.yaml',
});

describe('databases of an install that was set up by a former version', () => {
  it('get the settings of this one; their tables are left alone', async () => {
    const said: string[] = [];
    await setUpTemporalDatabases({
      // Would fail: no table may be made anew.
      sqlTool: '/nonexistent/temporal-sql-tool',
      settings,
      runSql: async (database, sql) => {
        if (database === 'maintenance') return [{ mark: `millwright: temporal schema ${TEMPORAL_VERSION}` }];
        said.push(`${database}: ${sql}`);
        return [];
      },
      log: createLogger({ level: 'error', name: 'test' }),
    });
    const [store, visibility] = settings.databases;
    expect(store.tuningSql).toEqual([]);
    expect(said).toEqual(visibility.tuningSql.map((sql) => `${visibility.name}: ${sql}`));
    expect(said.join()).toContain('DROP EXPRESSION');
  });
});
