/**
 * `npm run verify`: everything that must hold before a commit: format, lint, import arrows, types, dead code,
 * budgets, generated files, all tests. `--quick` leaves the tests out.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

await ensureInstalled();
const bin = path.join(ROOT, 'node_modules/.bin');
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };

const CHECKS = [
  { name: 'format', command: 'oxfmt', words: ['--check'] },
  { name: 'lint', command: 'oxlint', words: ['--quiet'] },
  { name: 'arrows', command: 'node', words: ['scripts/verify/arrows.ts'] },
  { name: 'budgets', command: 'node', words: ['scripts/verify/budgets.ts'] },
  { name: 'types', command: 'tsc', words: ['-p', 'tsconfig.json'] },
  { name: 'types of the web app', command: 'tsc', words: ['-p', 'apps/web/tsconfig.json'] },
  { name: 'dead code', command: 'knip', words: ['--no-progress'] },
];
if (!process.argv.includes('--quick')) CHECKS.push({ name: 'tests', command: 'node', words: ['scripts/test.mjs'] });

const broken = [];
for (const { name, command, words } of CHECKS) {
  const started = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const run = spawnSync(path.join(bin, command), words, { cwd: ROOT, stdio: 'inherit', env });
  process.stdout.write(`${name}: ${run.status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  if (run.status !== 0) broken.push(name);
}
process.stdout.write(broken.length === 0 ? '\nverify: all green\n' : `\nverify: ${broken.join(', ')} failed\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
