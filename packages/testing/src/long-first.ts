import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './prepare.ts';

/**
 * Files that take longest, the longest first. Without this a short file that takes minutes comes last, and the other workers wait for it:
 * Vitest goes by the size of a file until it has measured it, and a fresh clone has measured nothing.
 */
const LONG: readonly string[] = [
  // integration: more than 40 s
  'apps/server/src/remote.int.test.ts',
  'scripts/upgrades/upgrades.int.test.ts',
  'scripts/prove/durable.int.test.ts',
  'packages/supervisor/src/supervise.int.test.ts',
  'apps/server/src/triggers/polls.int.test.ts',
  'apps/cli/src/install.int.test.ts',
  'packages/testing/src/micro/micro.int.test.ts',
  'apps/server/src/calls/credentials.int.test.ts',
  'apps/server/src/calls/calls.int.test.ts',
  'apps/server/src/credentials/credentials.int.test.ts',
  'scripts/connectors/new-node.int.test.ts',
  'packages/code-runner/src/attacks.int.test.ts',
  'apps/server/src/endpoint-changes.int.test.ts',
  'apps/server/src/roles.int.test.ts',
  // browser: more than 60 s
  'apps/web/e2e/journal.e2e.test.ts',
  'apps/web/e2e/access.e2e.test.ts',
  'apps/web/e2e/connections.e2e.test.ts',
  'apps/web/e2e/node-developer.e2e.test.ts',
  'apps/web/e2e/random-edits.e2e.test.ts',
  'apps/web/e2e/main-job.e2e.test.ts',
  'apps/web/e2e/together.e2e.test.ts',
  'apps/web/e2e/mail.e2e.test.ts',
  'apps/web/e2e/settings.e2e.test.ts',
  'apps/web/e2e/draft.e2e.test.ts',
  // unit: more than 5 s
  'packages/testing/src/simulation/faults/faults.test.ts',
  'packages/testing/src/simulation/simulation-1.test.ts',
  'packages/testing/src/simulation/simulation-2.test.ts',
  'packages/testing/src/simulation/simulation-3.test.ts',
  'packages/testing/src/simulation/simulation-4.test.ts',
  'packages/expressions/src/syntax/parse-expression.test.ts',
  'packages/expressions/src/escapes.test.ts',
];

/** Runs what takes longest first, the rest in Vitest's own order. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(path.relative(ROOT, moduleId));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
