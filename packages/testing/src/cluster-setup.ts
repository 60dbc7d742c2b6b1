import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@millwright/platform';
import { startInfrastructure } from '@millwright/supervisor';
import type { TestProject } from 'vitest/node';
import './cluster.ts';

/**
 * One real Postgres and one real Temporal for all suites of a project. Tests live side by side on them:
 * a database each, and queue names and run ids carry the test's prefix.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'millwright-tests-'));
  const infrastructure = await startInfrastructure({
    dataDir,
    env: process.env,
    log: createLogger({ level: 'error', name: 'tests', pretty: true }),
  });
  project.provide('adminUrl', infrastructure.adminUrl);
  project.provide('temporalAddress', infrastructure.temporalAddress);
  return async () => {
    await infrastructure.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
