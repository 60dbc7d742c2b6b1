/**
 * `npm run histories:record -- <name>`: runs of this version through a real Temporal server; what they left is kept below
 * `temporal/histories/<name>`, and every later version has to replay it. Record before a release that changes `temporal/workflows`.
 */
import { prepared, runTests } from './prepared.mjs';

const [name = ''] = process.argv.slice(2);
if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
  process.stdout.write('Say a name that is not in temporal/histories yet: npm run histories:record -- 2026-11-21-remote\n');
  process.exit(1);
}
const { node, env } = await prepared('tools');
const words = ['--project', 'integration', 'temporal/worker/src/histories.int.test.ts'];
process.exitCode = runTests({ node, env: { ...env, MILLWRIGHT_RECORD_HISTORIES: name } }, words);
