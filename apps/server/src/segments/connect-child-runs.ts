import { createWorkspaceKeys, type RootKey } from '@millwright/credentials';
import type { Database } from '@millwright/db';
import type { ChildRuns } from '@millwright/executor';
import type { Logger } from '@millwright/platform';
import { createDataConverter, createRunStarter } from '@millwright/temporal-client';
import { taskQueue } from '@millwright/temporal-protocol';
import { connectTemporal } from '@millwright/temporal-worker';
import { createChildRuns } from '../calls/child-runs.ts';
import { createFixValues } from '../calls/fixed-values.ts';
import type { ServerConfig } from '../config.ts';
import { payloadKeys } from '../payload-keys.ts';
import { NAMESPACE } from '../run-engine.ts';

/** Calls of other workflows from a process without workers. @throws when Temporal cannot be reached */
export async function connectChildRuns(parts: {
  readonly config: ServerConfig;
  readonly db: Database;
  readonly log: Logger;
  readonly rootKey: RootKey;
}): Promise<ChildRuns> {
  const { config, db, log, rootKey } = parts;
  const connection = await connectTemporal(config.TEMPORAL_ADDRESS, log);
  const dataConverter = createDataConverter(payloadKeys(createWorkspaceKeys({ rootKey, database: db })));
  const queue = taskQueue('bg', config.MILLWRIGHT_QUEUE_PREFIX);
  const fixValues = createFixValues({ db, environment: config.expressionEnv });
  return createChildRuns({ db, starter: createRunStarter({ connection, namespace: NAMESPACE, dataConverter, queue }), fixValues });
}
