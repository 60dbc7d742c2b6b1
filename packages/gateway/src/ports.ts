import type { Clock, EndpointId, RunId, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';
import type { DataRef, Item, PlanSkeleton, ReplyMessage, RunHeader } from '@millwright/workflow';
import type { Admission } from './admission.ts';
import type { Backlog } from './backlog.ts';
import type { TriggerEvent } from './trigger-events.ts';

/** A webhook's answer mode: at once (202), when a Respond node is reached, when the run ends. */
export type AnswerMode = 'now' | 'respond' | 'end';

/** What an endpoint id stands for: the live version of one workflow, entered at one trigger. */
export interface ResolvedEndpoint {
  readonly endpointId: EndpointId;
  readonly workspaceId: WorkspaceId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly nodeId: string;
  readonly answer: AnswerMode;
  /** HTTP status of the answer at the end when the run succeeded, 200 to 599. */
  readonly endStatus: number;
  /** Allowed HTTP methods, upper case. */
  readonly methods: readonly string[];
  readonly save: RunHeader['save'];
  /** False while the workflow is switched off. */
  readonly active: boolean;
  /** A connector's trigger: what comes is the service's, and judged as its connector says. */
  readonly isTrigger?: true;
}

/** A service's request as it came. */
export interface ServiceDelivery {
  readonly method: string;
  /** Whole address that was called. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a service's request is. */
export type JudgedDelivery =
  /** The service asks whether we are here. */
  | { readonly kind: 'challenge'; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | {
      readonly kind: 'refused';
      readonly code: 'delivery_forged' | 'delivery_late' | 'delivery_unreadable';
      readonly reason: string;
    }
  | { readonly kind: 'events'; readonly events: readonly TriggerEvent[] };

/** Where a vendor sends what happens in all accounts of a client app. */
export interface AppAddress {
  readonly workspaceId: WorkspaceId;
  readonly connectorKey: string;
}

/** What a request to such an address is. */
export type AppJudgedDelivery =
  | Exclude<JudgedDelivery, { readonly kind: 'events' }>
  | {
      readonly kind: 'events';
      /** One for each event and each trigger that is about it. */
      readonly events: readonly { readonly endpointId: EndpointId; readonly event: TriggerEvent }[];
      /** Events of accounts to which nobody listens. */
      readonly dropped: number;
    };

/** Knows what a connector's trigger was subscribed with. */
export interface TriggerReceiver {
  /** @returns null where there is no such address @throws TransientError `database_unavailable` */
  readonly judgeForApp: (address: AppAddress, delivery: ServiceDelivery) => Promise<AppJudgedDelivery | null>;
  /** @throws TransientError `database_unavailable` */
  readonly judge: (endpoint: ResolvedEndpoint, delivery: ServiceDelivery) => Promise<JudgedDelivery>;
  /** Notes for people that events came. */
  readonly noteEvent: (endpoint: ResolvedEndpoint) => Promise<void>;
}

/** What is known of an earlier delivery with the same id. */
export interface KnownDelivery {
  readonly runId: RunId;
  /** `pending` = accepted, not started yet: there is much to do, or Temporal is away. */
  readonly status: 'pending' | 'started';
  readonly reply: ReplyMessage | null;
}

/** Everything needed to start a run; also what a pending delivery stores. */
export interface RunStart {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  readonly trigger: DataRef;
}

/** Delivery rows of Postgres (durability.md §6). Each throws TransientError when Postgres is away. */
export interface Deliveries {
  readonly find: (endpoint: ResolvedEndpoint, hash: string) => Promise<KnownDelivery | null>;
  /** Stores an accepted delivery that could not be started. Keeps the first row for a hash; returns the run id it has. */
  readonly storePending: (start: RunStart) => Promise<RunId>;
  /** The oldest pending ones of at least that age, at most `limit`. */
  readonly listPending: (page: { readonly limit: number; readonly minAgeMs: number }) => Promise<readonly RunStart[]>;
  readonly markStarted: (start: RunStart) => Promise<void>;
}

/** Starts runs on Temporal. */
export interface RunStarter {
  /**
   * Resolves when the start is committed, or was before (`duplicate`).
   * @throws TransientError `temporal_unavailable`
   */
  readonly start: (start: RunStart) => Promise<'started' | 'duplicate'>;
}

/** Takes the writes of runs that a proof of reliability starts. */
export interface ProofReceiver {
  /** Stores that a write has arrived. False: there is no such proof. */
  readonly receive: (request: { readonly proofId: string; readonly effect: string; readonly idempotencyKey: string }) => Promise<boolean>;
  /** Resolves when the write may be answered. */
  readonly mayAnswer: () => Promise<void>;
}

/** All that the gateway needs; the composition root gives the real ones. */
export interface GatewayPorts {
  /** The live binding of an endpoint id, or null. */
  readonly resolve: (endpointId: string) => Promise<ResolvedEndpoint | null>;
  readonly skeleton: (workspaceId: WorkspaceId, planHash: string) => Promise<PlanSkeleton>;
  /** Items as a handle: inline when small, a blob otherwise. */
  readonly store: (header: RunHeader, id: string, items: readonly Item[]) => Promise<DataRef>;
  readonly deliveries: Deliveries;
  readonly starter: RunStarter;
  /** Whether this process takes another delivery on. */
  readonly admission: Pick<Admission, 'enter' | 'assertRoom'>;
  /** Takes accepted deliveries whose runs cannot be started at once. */
  readonly backlog: Pick<Backlog, 'isBehind' | 'hasRoom' | 'keep'>;
  readonly clock: Clock;
  readonly log: { readonly warn: (fields: object, message: string) => void; readonly error: (fields: object, message: string) => void };
  /** Where status links point to, no slash at the end. */
  readonly publicUrl: string;
  /** Absent: nothing that a connector's trigger is sent is taken. */
  readonly triggers?: TriggerReceiver;
  /** Absent: no proof of reliability can be started here. */
  readonly proofs?: ProofReceiver;
}

/** Bounds of the gateway. */
export interface GatewayLimits {
  /** Largest body in bytes. Default 5 MiB. */
  readonly maxBodyBytes: number;
  /** How long a synchronous caller is held before it gets a status link, in ms. Default 30 s. */
  readonly maxHoldMs: number;
}

/** The defaults. */
export const GATEWAY_LIMITS: GatewayLimits = { maxBodyBytes: 5 * 1024 * 1024, maxHoldMs: 30_000 };
