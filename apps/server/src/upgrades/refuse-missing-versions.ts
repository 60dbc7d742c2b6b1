import { UserError } from '@millwright/core';
import { plans, type Database } from '@millwright/db';
import { KEPT_VERSIONS } from '@millwright/engine';

/**
 * Refuses a start with an engine that cannot go on with what is there.
 * @param options.openRuns false: open runs stay with the build that began them
 * @throws UserError `engine_version_missing`, naming the versions and what needs them
 */
export async function refuseMissingVersions(db: Database, options: { readonly openRuns: boolean }): Promise<void> {
  const needed = await plans.neededVersions(db.executor, options);
  const missing = needed.filter(({ version }) => !KEPT_VERSIONS.includes(version));
  if (missing.length === 0) return;
  const told = missing.map(
    ({ version, openRuns, workflows }) => `engine version ${version} is needed by ${openRuns} open runs and ${workflows} live workflows`,
  );
  throw new UserError('conflict', {
    code: 'engine_version_missing',
    message: `${told.join('; ')}, and this build does not have it`,
    hint: 'Start the build that ran before: nothing was changed. Let its open runs end, publish the workflows again, then upgrade.',
    details: { versions: missing.map(({ version }) => version) },
  });
}
