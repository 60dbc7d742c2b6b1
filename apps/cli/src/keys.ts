import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { UserError } from '@millwright/core';
import { runningDatabaseUrl } from '@millwright/supervisor';
import { ROOT, type CliConfig } from './config.ts';

/**
 * `millwright keys rotate [root | workspaces]`: exchanges keys beside the install that runs. The server's program does it, as it alone
 * knows keys and the database.
 * @returns the exit code
 * @throws UserError `not_running` where there is no database to ask
 */
export async function keys({ databaseUrl, dataDir, env }: CliConfig, args: readonly string[]): Promise<number> {
  const url = databaseUrl ?? (await runningDatabaseUrl(dataDir));
  if (url === undefined)
    throw new UserError('conflict', {
      code: 'not_running',
      message: 'Millwright does not run here, so its database does not answer.',
      hint: 'Start it (npm start) and call this beside it: everything goes on while keys are exchanged. Or set DATABASE_URL.',
    });
  const child = spawn(process.execPath, [join(ROOT, 'apps/server/src/main.ts'), 'keys', ...args], {
    cwd: ROOT,
    env: { ...env, DATABASE_URL: url.reveal(), MILLWRIGHT_DATA: dataDir },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}
