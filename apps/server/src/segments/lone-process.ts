/** A program: runs the segments that its parent hands to it, one at a time. It may die of them (durability.md §3). */
import path from 'node:path';
import { messageOf, MillwrightError, TransientError } from '@millwright/core';
import { createWorkspaceKeys } from '@millwright/credentials';
import { createLedger, openDatabase } from '@millwright/db';
import { createEgress } from '@millwright/egress';
import type { ChildRuns, Executor } from '@millwright/executor';
import { ReplyWaiters } from '@millwright/gateway';
import { createLogger, Lifecycle } from '@millwright/platform';
import type { SegmentInput, SegmentResult } from '@millwright/workflow';
import { lateSandboxes } from '../code/sandboxes.ts';
import { allowedTargets, readConfig, type ServerConfig } from '../config.ts';
import { connectCredentials } from '../credentials/credential-parts.ts';
import { openNodeTypes } from '../dev/open-node-types.ts';
import { openImportedConnectors } from '../imports/imported-connectors.ts';
import { withImported } from '../imports/with-imported.ts';
import { rootKeyOf } from '../credentials/root-key.ts';
import { networkPolicies } from '../network/network-policies.ts';
import { createSegmentExecutor } from './segment-executor.ts';

/** What comes back for a segment: its result, or why it has to be tried again. */
export type LoneAnswer = { readonly result: SegmentResult } | { readonly code: string; readonly message: string };

/** Everything is given back within this time, in ms. */
const STOP_MS = 2_000;
/** What is in flight may finish within this time when the parent is gone, in ms. */
const GRACE_MS = 8_000;
/** Without work the process ends after this, in ms. */
const IDLE_MS = 30_000;

async function open(config: ServerConfig, lifecycle: Lifecycle): Promise<Executor> {
  const log = createLogger({ level: config.MILLWRIGHT_LOG_LEVEL, name: 'lone' });
  const dataDir = path.resolve(config.MILLWRIGHT_DATA);
  const rootKey = await rootKeyOf(config);
  const db = await openDatabase({ url: config.DATABASE_URL, rolePassword: (role) => rootKey.deriveText(`postgres/${role}`), log });
  lifecycle.onStop('database', () => db.close());
  const installed = await openNodeTypes({ dataDir, log, tests: config.testNodes }, { config, lifecycle, isFirst: false });
  const { runners, credentialTypes: types } = withImported(installed, await openImportedConnectors({ db, log }, lifecycle));
  const egress = createEgress({ allow: allowedTargets(config), policyOf: networkPolicies(db) });
  lifecycle.onStop('egress', () => egress.close());
  const code = lateSandboxes(config, log);
  lifecycle.onStop('sandboxes', () => code.close());
  const ledger = createLedger({ pool: db.executor.pool, listen: db.listen, log });
  await ledger.startOwner();
  lifecycle.onStop('ledger', () => ledger.stopOwner());
  // Callers wait in the parent; they find the stored answer.
  const children = lateChildRuns(async () => (await import('./connect-child-runs.ts')).connectChildRuns({ config, db, log, rootKey }));
  const keys = createWorkspaceKeys({ rootKey, database: db });
  lifecycle.onStop('keys', () => keys.close());
  const mail = async () => (await import('../mail/install-mailer.ts')).createInstallMailer({ config, rootKey, db, log });
  const { connectors } = connectCredentials({ db, keys, egress, types, log, publicUrl: config.publicUrl, mail });
  return createSegmentExecutor({ db, egress, runners, connectors, code, log, children, replies: new ReplyWaiters() }, ledger);
}

/** Few of these runs call others: Temporal, and the code for it, is reached for when the first does. */
function lateChildRuns(connect: () => Promise<ChildRuns>): ChildRuns {
  let connecting: Promise<ChildRuns> | null = null;
  const reach = (): Promise<ChildRuns> => {
    connecting ??= connect();
    return connecting.catch((thrown: unknown) => {
      connecting = null;
      throw new TransientError({ code: 'temporal_unavailable', message: 'Temporal was not reached', cause: thrown });
    });
  };
  return {
    start: async (call) => (await reach()).start(call),
    stop: async (header, runIds) => (await reach()).stop(header, runIds),
  };
}

async function answerOf(executor: Promise<Executor>, input: SegmentInput): Promise<LoneAnswer> {
  try {
    return { result: await (await executor).runSegment(input) };
  } catch (thrown) {
    return { code: thrown instanceof MillwrightError ? thrown.code : 'internal_error', message: messageOf(thrown) };
  }
}

const lifecycle = new Lifecycle();
const executor = open(readConfig(process.env), lifecycle);
executor.catch(() => undefined);
let running: Promise<unknown> = Promise.resolve();
const end = (): void => void lifecycle.stop(STOP_MS).finally(() => process.exit(0));
let idle = setTimeout(end, IDLE_MS);
process.on('message', (input: SegmentInput) => {
  clearTimeout(idle);
  running = answerOf(executor, input).then((answer) => {
    if (process.connected) process.send?.(answer);
    idle = setTimeout(end, IDLE_MS);
  });
});
process.on('disconnect', () => {
  void Promise.race([running, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]).then(end);
});
