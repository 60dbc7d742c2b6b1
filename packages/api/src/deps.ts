import type { Clock, JsonObject, RunId } from '@millwright/core';
import type { Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import type { Item, NodeTypeCatalog } from '@millwright/workflow';
import type { DraftServer } from './drafts/draft-server.ts';
import type { Identity } from './identity/identity.ts';
import type { RunChanges } from './live/run-changes.ts';
import type { RateLimit, RateLimiter, RateClass } from './registry/rate-limit.ts';

/** What starts a run by hand. */
export interface ManualStart {
  /** Id of the run to be; the same for the same `Idempotency-Key`, so that a second start is a duplicate. */
  readonly runId: RunId;
  readonly workspaceId: string;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly versionId: string;
  readonly planHash: string;
  readonly triggerNodeId: string;
  /** The trigger's one item. */
  readonly input: JsonObject;
  /** Person who asked. */
  readonly startedBy: string;
}

/** What the composition root gives. */
export interface ApiPorts {
  readonly db: Database;
  /** Signs session cookies; derived from the root key, at least 32 characters. */
  readonly authSecret: string;
  readonly catalog: NodeTypeCatalog;
  /**
   * Starts a run and returns when its start is on disk.
   * @throws TransientError `temporal_unavailable`
   */
  readonly startRun: (start: ManualStart) => Promise<RunId>;
  /** Reads stored items that are too large for their row. */
  readonly readBlob: (workspaceId: string, blobId: string) => Promise<readonly Item[]>;
  /** Base URL under which people and callers reach the server; no slash at the end. */
  readonly publicUrl: string;
  /** Of the product, shown to people. */
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Resolves when Temporal answers; rejects otherwise. */
  readonly temporalReady: () => Promise<void>;
  /** Overrides of the rate limits, by class. */
  readonly rateLimits?: Partial<Readonly<Record<RateClass, RateLimit>>>;
}

/** What routes work with. */
export interface ApiDeps extends ApiPorts {
  readonly identity: Identity;
  readonly drafts: DraftServer;
  readonly runChanges: RunChanges;
  readonly limiter: RateLimiter;
}
