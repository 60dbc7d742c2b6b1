import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { ENV_EXAMPLE, envExample } from './env-example.ts';

const least = { DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/millwright', TEMPORAL_ADDRESS: '127.0.0.1:7233' };

describe("the server's settings", () => {
  it('have defaults for everything but the two servers', () => {
    expect(readConfig(least)).toMatchObject({
      MILLWRIGHT_PORT: 4400,
      MILLWRIGHT_ROLE: 'all',
      publicUrl: 'http://127.0.0.1:4400',
      MILLWRIGHT_EGRESS_ALLOW: [],
    });
  });

  it('name every fault at once, and no value', () => {
    expect(() => readConfig({ MILLWRIGHT_PORT: 'eighty', MILLWRIGHT_ROOT_KEY: 'hunter2' })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringMatching(/(?=.*DATABASE_URL)(?=.*TEMPORAL_ADDRESS)(?=.*MILLWRIGHT_PORT)(?!.*hunter2)/s),
      }),
    );
  });

  it('never let an expression read one of them, nor more than runs can carry', () => {
    expect(readConfig({ ...least, MILLWRIGHT_EXPRESSION_ENV: 'REGION, GONE', REGION: 'eu' }).expressionEnv).toEqual({ REGION: 'eu' });
    for (const names of [
      'MILLWRIGHT_ROOT_KEY',
      'REGION,database_url',
      'PGPASSWORD',
      'A-B',
      '1A',
      Array.from({ length: 51 }, (_, n) => `N${n}`).join(','),
    ])
      expect(() => readConfig({ ...least, MILLWRIGHT_EXPRESSION_ENV: names })).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(() => readConfig({ ...least, MILLWRIGHT_EXPRESSION_ENV: 'LONG', LONG: 'x'.repeat(20_000) })).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.not.stringContaining('xxx') }),
    );
  });

  it('let sources be followed on a machine for development only', () => {
    const dev = { ...least, MILLWRIGHT_DEV: 'true' };
    expect(readConfig({ ...dev, NODE_ENV: 'development' }).MILLWRIGHT_DEV).toBe(true);
    const refused = expect.objectContaining({ code: 'dev_refused' });
    for (const env of [
      dev,
      { ...dev, NODE_ENV: 'production' },
      { ...dev, NODE_ENV: 'development', MILLWRIGHT_MULTI_TENANT: 'true', MILLWRIGHT_CODE_LEVEL: 'L2' },
    ])
      expect(() => readConfig(env)).toThrow(refused);
  });

  it('are all in .env.example, which is generated', () => {
    expect(readFileSync(ENV_EXAMPLE, 'utf8')).toBe(envExample());
  });
});
