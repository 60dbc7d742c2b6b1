import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@millwright/core';
import { createApi, type ApiPorts, type CredentialParts } from '@millwright/api';
import { createPostgresBlobs } from '@millwright/blobs';
import { createKeyRotation, createWorkspaceKeys, type RootKey, type WorkspaceKeys } from '@millwright/credentials';
import { migrate, openDatabase, type Database } from '@millwright/db';
import { createEgress } from '@millwright/egress';
import { createGateway, LoopDelay, ReplyWaiters, type GatewayPorts } from '@millwright/gateway';
import type { Mailer } from '@millwright/mail';
import { Lifecycle, type Logger, type StopFault } from '@millwright/platform';
import type { Item } from '@millwright/workflow';
import { startSandboxes, type Sandboxes } from './code/sandboxes.ts';
import { allowedTargets, environmentOf, ROLES, type ServerConfig } from './config.ts';
import { openNodeTypes, type OpenNodeTypes } from './dev/open-node-types.ts';
import { diskOf } from './disk.ts';
import { connectCredentials, type ConnectedCredentials } from './credentials/credential-parts.ts';
import { releaseHeld, startReleasing } from './credentials/held-runs.ts';
import { optionLists } from './credentials/option-lists.ts';
import { createGatewayPorts } from './gateway-ports.ts';
import { createHttpApp, listen } from './http-app.ts';
import { descriptionImports } from './imports/import-description.ts';
import { openImportedConnectors, type ImportedConnectors } from './imports/imported-connectors.ts';
import { withImported } from './imports/with-imported.ts';
import { createInstallMailer } from './mail/install-mailer.ts';
import { startManualRun } from './manual-start.ts';
import { networkPolicies } from './network/network-policies.ts';
import { plugOf } from './plug.ts';
import { payloadKeys } from './payload-keys.ts';
import { startRetention } from './retention.ts';
import { createRunControl } from './run-control.ts';
import { rootKeyOf } from './credentials/root-key.ts';
import { RunEngine } from './run-engine.ts';
import { hostTriggers } from './triggers/host-triggers.ts';
import { refuseMissingVersions } from './upgrades/refuse-missing-versions.ts';

/** A running server process. */
export interface RunningServer {
  /** Resolves with the reason when a part failed for good and the process should be started anew. */
  readonly failed: Promise<unknown>;
  /** Stops everything in order within the time; never rejects. */
  readonly stop: (deadlineMs: number) => Promise<readonly StopFault[]>;
}

/** The product's version, shown to people. */
const VERSION = '0.1.0';

/** How long a start waits for Temporal before it says ready without it, in ms. */
const TEMPORAL_WAIT_MS = 30_000;

async function openMigrated(config: ServerConfig, rootKey: RootKey, log: Logger): Promise<Database> {
  const access = { url: config.DATABASE_URL, rolePassword: (role: string): string => rootKey.deriveText(`postgres/${role}`) };
  await migrate(access);
  return openDatabase({ ...access, log });
}

/**
 * Starts the server: migrates, opens everything, listens. Temporal may still be away: then webhooks are kept or
 * refused (durability.md §6) until it answers.
 * @throws UserError or TransientError when the settings or Postgres do not allow a start; what was started is stopped
 */
export async function startServer(config: ServerConfig, log: Logger): Promise<RunningServer> {
  const lifecycle = new Lifecycle();
  try {
    const engine = await startParts(config, log, lifecycle);
    return { failed: engine.failed, stop: (deadlineMs) => lifecycle.stop(deadlineMs) };
  } catch (thrown) {
    await lifecycle.stop(5_000);
    throw thrown;
  }
}

async function startParts(config: ServerConfig, log: Logger, lifecycle: Lifecycle): Promise<RunEngine> {
  const dataDir = path.resolve(config.MILLWRIGHT_DATA);
  await mkdir(dataDir, { recursive: true });
  const rootKey = await rootKeyOf(config);
  const [db, installed] = await Promise.all([
    openMigrated(config, rootKey, log),
    openNodeTypes({ dataDir, log, tests: config.testNodes }, { config, lifecycle, isFirst: true }),
  ]);
  lifecycle.onStop('database', () => db.close());
  const imported = await openImportedConnectors({ db, log }, lifecycle);
  const nodeTypes = withImported(installed, imported);
  // Of several builds each has the runs that it began; what new runs need counts when one is promoted.
  if (config.MILLWRIGHT_BUILD_ID === undefined) await refuseMissingVersions(db, { openRuns: true });
  const egress = createEgress({ allow: allowedTargets(config), policyOf: networkPolicies(db) });
  lifecycle.onStop('egress', () => egress.close());
  const code = ROLES[config.MILLWRIGHT_ROLE].queues.length > 0 ? await startSandboxes(config, log) : null;
  if (code !== null) lifecycle.onStop('sandboxes', () => code.close());
  const replies = new ReplyWaiters();
  const keys = createWorkspaceKeys({ rootKey, database: db });
  lifecycle.onStop('keys', () => keys.close());
  const mail = startMail({ config, log, lifecycle, rootKey, db });
  const { publicUrl } = config;
  const credentials = connectCredentials({ db, keys, egress, types: nodeTypes.credentialTypes, log, publicUrl, mail: async () => mail });
  const engine = new RunEngine({
    config,
    db,
    egress,
    replies,
    log,
    dataDir,
    runners: nodeTypes.runners,
    code: code ?? undefined,
    keys: payloadKeys(keys),
    connectors: credentials.connectors,
  });
  await engine.start();
  lifecycle.onStop('run engine', () => engine.stop());
  lifecycle.onStop('retention', startRetention(db, log));
  await serve({ config, log, lifecycle, rootKey, db, keys, mail, credentials, nodeTypes, imported, engine, replies, code });
  await engine.reached(TEMPORAL_WAIT_MS);
  return engine;
}

/** What answers HTTP is made of. */
interface ServingParts {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly lifecycle: Lifecycle;
  readonly rootKey: RootKey;
  readonly db: Database;
  readonly keys: WorkspaceKeys;
  readonly mail: Mailer;
  readonly credentials: ConnectedCredentials;
  readonly nodeTypes: OpenNodeTypes;
  readonly imported: ImportedConnectors;
  readonly engine: RunEngine;
  readonly replies: ReplyWaiters;
  readonly code: Sandboxes | null;
}

/** Credentials as the API works with them, and the sweep that releases what waits for one that works. */
function serveCredentials({
  log,
  lifecycle,
  rootKey,
  db,
  keys,
  engine,
  credentials: { ports, lender },
}: Pick<ServingParts, 'log' | 'lifecycle' | 'rootKey' | 'db' | 'keys' | 'engine' | 'credentials'>): CredentialParts {
  const rotation = createKeyRotation({ rootKey, keys, vault: ports.vault, db });
  lifecycle.onStop('key rotation', () => rotation.close());
  const releasing = { db, log, wake: (runId: string) => engine.wake(runId) };
  lifecycle.onStop('releasing', startReleasing(releasing));
  return { ports, lender, rotation, releaseHeld: (workspaceId, credentialId) => releaseHeld(releasing, workspaceId, credentialId) };
}

/** The mailer; processes that execute runs also send what is in the outbox. */
function startMail({ config, log, lifecycle, rootKey, db }: Pick<ServingParts, 'config' | 'log' | 'lifecycle' | 'rootKey' | 'db'>): Mailer {
  const mail = createInstallMailer({ config, rootKey, db, log });
  if (ROLES[config.MILLWRIGHT_ROLE].sendsMail) lifecycle.onStop('mail', mail.start());
  return mail;
}

function blobReader(db: Database): ApiPorts['readBlob'] {
  const blobs = createPostgresBlobs(db.executor);
  return async (workspaceId, blobId) => (await blobs.getItems({ workspaceId, blobId })) as readonly Item[];
}

/** What starts runs from outside: webhooks, what was kept of them, and the triggers of connectors. */
function startGatewayPorts({
  config,
  log,
  lifecycle,
  db,
  engine,
  nodeTypes: { runners },
  ...own
}: Pick<ServingParts, 'config' | 'log' | 'lifecycle' | 'rootKey' | 'db' | 'engine' | 'nodeTypes' | 'credentials'>): GatewayPorts {
  const loopDelay = new LoopDelay();
  loopDelay.start();
  lifecycle.onStop('loop delay', () => loopDelay.stop());
  const ports = createGatewayPorts({ db, engine, log, publicUrl: config.publicUrl, loopDelay });
  ports.backlog.start();
  lifecycle.onStop('backlog', () => ports.backlog.stop());
  return { ...ports, triggers: hostTriggers({ ...own, config, lifecycle, db, log, runners, gatewayPorts: ports }) };
}

/** What the API asks connectors. */
function connectorPorts({
  config,
  nodeTypes,
  imported,
  credentials: { connectors, ports },
}: Pick<ServingParts, 'config' | 'nodeTypes' | 'imported' | 'credentials'>): Pick<
  ApiPorts,
  'connectors' | 'loadOptions' | 'importDescription' | 'egress' | 'readImportedConnectors'
> {
  return {
    connectors: () => {
      const own = new Map(imported.summaries().map(({ key, made }) => [key, { made }]));
      return nodeTypes.connectors().map((one) => ({ ...one, isImported: own.has(one.key), ...own.get(one.key) }));
    },
    loadOptions: optionLists(nodeTypes.runners, connectors),
    importDescription: descriptionImports(ports.egress),
    egress: ports.egress,
    // One catalog for the whole install: tenants would see each other's.
    ...(config.MILLWRIGHT_MULTI_TENANT ? {} : { readImportedConnectors: () => imported.read() }),
  };
}

/** Puts gateway, API and web app on the network. */
async function serve({
  config,
  log,
  lifecycle,
  rootKey,
  db,
  mail,
  nodeTypes,
  imported,
  engine,
  replies,
  code,
  ...parts
}: ServingParts): Promise<void> {
  const gatewayPorts = startGatewayPorts({ config, log, lifecycle, rootKey, db, engine, nodeTypes, credentials: parts.credentials });
  // Streams end before the HTTP server waits for its requests: parts stop in reverse.
  let stopHttp: () => Promise<void> = () => Promise.resolve();
  lifecycle.onStop('http', () => stopHttp());
  const api = createApi({
    db,
    authSecret: rootKey.deriveText('sessions'),
    catalog: nodeTypes.catalog,
    ...connectorPorts({ config, nodeTypes, imported, credentials: parts.credentials }),
    ...nodeTypes.sources(parts.credentials.ports),
    credentials: serveCredentials({ log, lifecycle, rootKey, db, engine, ...parts }),
    mail,
    startRun: (start) => startManualRun({ ports: gatewayPorts, start }),
    runControl: createRunControl(gatewayPorts, engine),
    readBlob: blobReader(db),
    publicUrl: config.publicUrl,
    version: VERSION,
    environment: environmentOf(config),
    clock: systemClock,
    log,
    temporalReady: () => engine.ready(),
    ...(code === null ? {} : { codeSettings: code.status }),
    ...plugOf(config),
    ...diskOf(config),
  });
  lifecycle.onStop('api', () => api.close());
  nodeTypes.onChange(() => api.tellNodeTypes());
  const app = createHttpApp({
    api,
    gateway: createGateway({ ...gatewayPorts, proofs: api.proofReceiver }, replies),
    serves: ROLES[config.MILLWRIGHT_ROLE].serves,
    webDist: config.MILLWRIGHT_WEB_DIST,
    log,
  });
  stopHttp = await listen(app, { host: config.MILLWRIGHT_HOST, port: config.MILLWRIGHT_PORT, upgrade: api.handleUpgrade });
}
