import { TransientError } from '@millwright/core';
import type { NativeConnection } from '@temporalio/worker';

/** One build of an install in which several run side by side: each run stays with the build that began it. */
export interface Build {
  /** Of the install: Temporal's worker deployment. */
  readonly deployment: string;
  /** Of what was built. */
  readonly buildId: string;
}

/** gRPC's code for what Temporal does not know. */
const NOT_FOUND = 5;
/** Temporal learns of a build from its first polls, a moment after they began. */
const TRY_EVERY_MS = 250;
const TRY_FOR_MS = 30_000;

/** Temporal's worker deployment of an install. @param queuePrefix before each queue's name */
export function deploymentName(queuePrefix: string): string {
  return `${queuePrefix}millwright`;
}

/** The build that new runs go to; null where there is none. */
export async function currentBuild(connection: NativeConnection, namespace: string, deployment: string): Promise<string | null> {
  try {
    const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName: deployment });
    const buildId = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId ?? '';
    return buildId === '' ? null : buildId;
  } catch (thrown) {
    if (isNotFound(thrown)) return null;
    throw thrown;
  }
}

/**
 * Lets new runs go to a build whose workers poll; runs that have begun stay where they are.
 * @throws TransientError `build_unknown` when Temporal has not heard of it within 30 s
 */
export async function promoteBuild(connection: NativeConnection, namespace: string, { deployment, buildId }: Build): Promise<void> {
  const endsAt = performance.now() + TRY_FOR_MS;
  for (;;) {
    try {
      await connection.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName: deployment, buildId });
      return;
    } catch (cause) {
      if (performance.now() > endsAt)
        throw new TransientError({
          code: 'build_unknown',
          message: `Temporal does not let new runs go to build ${buildId} of ${deployment}`,
          hint: 'Start its servers first. A build must serve every queue that the one before it served.',
          cause,
        });
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
}

function isNotFound(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === NOT_FOUND;
}
