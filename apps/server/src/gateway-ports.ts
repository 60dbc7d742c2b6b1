import { InvariantError, systemClock, type JsonValue, type WorkspaceId } from '@millwright/core';
import { createPostgresBlobs } from '@millwright/blobs';
import { deliveries, endpoints, plans, type Database } from '@millwright/db';
import {
  Admission,
  Backlog,
  type Deliveries,
  type GatewayPorts,
  type LoopDelay,
  type ResolvedEndpoint,
  type RunStart,
  type RunStarter,
} from '@millwright/gateway';
import type { Logger } from '@millwright/platform';
import type { DataRef, Item, PlanSkeleton, RunHeader } from '@millwright/workflow';
import { EndpointCache } from './endpoint-cache.ts';
import type { RunEngine } from './run-engine.ts';

/** Items up to this many bytes of JSON travel inline (engine.md §4). */
const INLINE_BYTES = 16 * 1024;
/** What services call with: they ask with GET whether we are here. */
const SERVICE_METHODS = ['GET', 'POST'];
/** Skeletons held ready. */
const MAX_SKELETONS = 2_000;

/** What the gateway's ports are made of. */
export interface GatewayParts {
  readonly db: Database;
  readonly engine: RunEngine;
  readonly log: Logger;
  readonly publicUrl: string;
  readonly loopDelay: LoopDelay;
}

/** The methods that a webhook step accepts; POST where it says nothing. */
function methodsOf(settings: Readonly<Record<string, JsonValue>>): readonly string[] {
  const { methods } = settings;
  return Array.isArray(methods) && methods.length > 0 ? methods.map(String) : ['POST'];
}

/** The status that the webhook step gives its answer at the end. */
function endStatusOf({ responseStatus }: Readonly<Record<string, JsonValue>>): number {
  return typeof responseStatus === 'number' ? responseStatus : 200;
}

async function resolveEndpoint(db: Database, endpointId: string): Promise<ResolvedEndpoint | null> {
  const found = await endpoints.resolve(db.executor, endpointId);
  if (!found) return null;
  const { settings, workflowSettings, ...endpoint } = found;
  // Nobody calls what is asked.
  if (settings['trigger'] === 'poll') return null;
  if (settings['trigger'] === 'webhook')
    return { ...endpoint, methods: SERVICE_METHODS, endStatus: 200, save: workflowSettings.save, isTrigger: true };
  return { ...endpoint, methods: methodsOf(settings), endStatus: endStatusOf(settings), save: workflowSettings.save };
}

/** Plans never change, so their skeletons are read once; the oldest leave first. */
function cachedSkeletons(db: Database): GatewayPorts['skeleton'] {
  const known = new Map<string, PlanSkeleton>();
  return async (workspaceId: WorkspaceId, planHash: string) => {
    const key = `${workspaceId}\n${planHash}`;
    const cached = known.get(key);
    if (cached) return cached;
    const stored = await plans.skeleton(db.executor, { workspaceId, planHash });
    if (!stored) throw new InvariantError({ code: 'plan_missing', message: `no plan ${planHash}` });
    known.set(key, stored.skeleton);
    const oldest = known.keys().next().value;
    if (known.size > MAX_SKELETONS && oldest !== undefined) known.delete(oldest);
    return stored.skeleton;
  };
}

/** Stores the items that a run starts with: inline when small, else as a blob of the run. */
export function storeItems(db: Database): GatewayPorts['store'] {
  const blobs = createPostgresBlobs(db.executor);
  return async (header: RunHeader, id: string, items: readonly Item[]): Promise<DataRef> => {
    const sizeBytes = Buffer.byteLength(JSON.stringify(items));
    if (sizeBytes <= INLINE_BYTES) return { id, count: items.length, sizeBytes, inline: items };
    const { blobId } = await blobs.putItems(header, items);
    return { id, count: items.length, sizeBytes, blobId };
  };
}

function keyOf(start: RunStart): deliveries.DeliveryKey {
  const { delivery } = start.header;
  if (!delivery) throw new InvariantError({ code: 'delivery_missing', message: 'a run without a delivery cannot be kept for later' });
  return { endpointId: delivery.endpointId, hash: delivery.hash };
}

function createDeliveries(db: Database): Deliveries {
  const storePending = deliveries.pendingStore(db.executor);
  return {
    find: async (endpoint, hash) => {
      const known = await deliveries.find(db.executor, { endpointId: endpoint.endpointId, hash });
      return known && { runId: known.runId, status: known.status, reply: known.reply };
    },
    storePending: async (start) => {
      const key = keyOf(start);
      const input = start as unknown as JsonValue;
      const isNew = await storePending({
        ...key,
        workspaceId: start.header.workspaceId,
        runId: start.header.runId,
        input,
      });
      if (isNew) return start.header.runId;
      return (await deliveries.find(db.executor, key))?.runId ?? start.header.runId;
    },
    listPending: async (page) => {
      const pending = await deliveries.listPending(db.executor, page);
      return pending.map((row) => row.input as unknown as RunStart);
    },
    markStarted: (start) => deliveries.markStarted(db.executor, keyOf(start)),
  };
}

/** The real ports of the gateway: Postgres, blobs and this process' way to Temporal. */
export function createGatewayPorts({ db, engine, log, publicUrl, loopDelay }: GatewayParts): GatewayPorts & { readonly backlog: Backlog } {
  const known = new EndpointCache({ db, load: (endpointId) => resolveEndpoint(db, endpointId), monotonicMs: systemClock.monotonicMs });
  const gauges = { runs: () => engine.load, loopDelayMs: () => loopDelay.meanMs };
  const starter: RunStarter = { start: (start) => engine.startRun(start) };
  const kept = createDeliveries(db);
  return {
    resolve: (endpointId) => known.resolve(endpointId),
    skeleton: cachedSkeletons(db),
    store: storeItems(db),
    deliveries: kept,
    starter,
    admission: new Admission(gauges),
    backlog: new Backlog({ deliveries: kept, starter, log }, gauges),
    clock: systemClock,
    log,
    publicUrl,
  };
}
