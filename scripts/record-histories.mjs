/**
 * `npm run histories:record -- <name>`: runs of this version through a real Temporal server; what they left is kept below
 * `temporal/histories/<name>`, and every later version has to replay it. Record before a release that changes `temporal/workflows`.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

const [name = ''] = process.argv.slice(2);
if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
  process.stdout.write('Say a name that is not in temporal/histories yet: npm run histories:record -- 2026-11-21-remote\n');
  process.exit(1);
}
await ensureInstalled();
const bin = path.join(ROOT, 'node_modules/.bin');
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, MILLWRIGHT_RECORD_HISTORIES: name };
const words = ['run', '--project', 'integration', 'temporal/worker/src/histories.int.test.ts'];
const run = spawnSync(path.join(bin, 'node'), [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), ...words], {
  cwd: ROOT,
  stdio: 'inherit',
  env,
});
process.exitCode = run.status ?? 1;
