import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { devEnvironment } from './dev.ts';

const here = { cwd: path.dirname(tmpdir()), env: { PATH: '/bin' }, isMultiTenant: false };

describe('millwright dev', () => {
  it('has the server follow nodes, and a folder that is named', async () => {
    const followed = { PATH: '/bin', NODE_ENV: 'development', MILLWRIGHT_DEV: 'true' };
    expect(await devEnvironment(here, [])).toEqual(followed);
    const named = await devEnvironment(here, [path.basename(tmpdir())]);
    expect(named).toEqual({ ...followed, MILLWRIGHT_DEV_FOLDER: tmpdir() });
  });

  it('is refused in words in production and where workspaces do not trust each other', async () => {
    const production = { ...here, env: { NODE_ENV: 'production' } };
    await expect(devEnvironment(production, [])).rejects.toThrow(/NODE_ENV is production/);
    const shared = { ...here, isMultiTenant: true };
    await expect(devEnvironment(shared, [])).rejects.toThrow(/MILLWRIGHT_MULTI_TENANT is on/);
  });

  it('refuses a folder that is not there, and more than one', async () => {
    await expect(devEnvironment(here, ['no-such-folder'])).rejects.toMatchObject({ code: 'arguments_invalid' });
    await expect(devEnvironment(here, ['a', 'b'])).rejects.toMatchObject({ code: 'arguments_invalid' });
  });
});
