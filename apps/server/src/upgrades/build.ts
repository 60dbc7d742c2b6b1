import { messageOf } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import { currentBuild, deploymentName, promoteBuild, type Build, type TemporalLink } from '@millwright/temporal-worker';
import type { ServerConfig } from '../config.ts';

/** How old what is known of the current build may be, in ms. */
const LOOK_EVERY_MS = 3_000;

/** The build that this process belongs to; undefined where only one runs at a time. */
export function buildOf(config: Pick<ServerConfig, 'MILLWRIGHT_BUILD_ID' | 'MILLWRIGHT_QUEUE_PREFIX'>): Build | undefined {
  const { MILLWRIGHT_BUILD_ID: buildId, MILLWRIGHT_QUEUE_PREFIX: prefix } = config;
  return buildId === undefined ? undefined : { deployment: deploymentName(prefix), buildId };
}

/** Where a build and Temporal are found. */
interface Place {
  readonly connection: TemporalLink;
  readonly namespace: string;
  readonly log: Logger;
}

/** Whether new runs go to the build of this process. */
export interface BuildWatch {
  /** Always, where only one build runs at a time. */
  readonly isCurrent: () => boolean;
  readonly stop: () => void;
}

/**
 * Looks now and then which build was promoted. A run that is started eagerly belongs to the build of the process that starts it,
 * whichever was promoted: only the current build may. The first build of an install is promoted at once, later ones by somebody.
 */
export function watchBuild(build: Build | undefined, { connection, namespace, log }: Place): BuildWatch {
  if (build === undefined) return { isCurrent: () => true, stop: () => undefined };
  let isCurrent = false;
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const current = await currentBuild(connection, namespace, build.deployment);
      if (current === null) await promoteBuild(connection, namespace, build);
      isCurrent = current === null || current === build.buildId;
    } catch (thrown) {
      log.debug({ detail: messageOf(thrown) }, 'the current build is not known');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  void look();
  return { isCurrent: () => isCurrent, stop: () => clearInterval(timer) };
}
