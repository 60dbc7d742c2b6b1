import type { BodyOf, ConnectorChangesView, ConnectorView, endpoints, ImportedConnectorView, OptionView } from '@millwright/contracts';
import type { Clock, JsonObject, JsonValue, RunId } from '@millwright/core';
import type { CredentialPorts, KeyRotation, TestingLender } from '@millwright/credentials';
import type { Database } from '@millwright/db';
import type { Egress } from '@millwright/egress';
import type { Mailer } from '@millwright/mail';
import type { Logger } from '@millwright/platform';
import type { DataRef, Item, NodeTypeCatalog, RunHeader } from '@millwright/workflow';
import type { DraftServer } from './drafts/draft-server.ts';
import type { Identity } from './identity/identity.ts';
import type { RunChanges } from './live/run-changes.ts';
import type { Plug, PlugProof } from './reliability/plug-proof.ts';
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

/** What is done with runs beyond their rows. */
export interface RunControl {
  /**
   * Starts a run that repeats another or goes on with it; returns when its start is on disk.
   * @param items what its trigger gives
   * @throws TransientError `temporal_unavailable`
   */
  readonly start: (header: RunHeader, items: readonly Item[]) => Promise<'started' | 'duplicate'>;
  /** Stores items for a run that is about to start: inline when small, else as a blob of that run. */
  readonly store: (header: RunHeader, id: string, items: readonly Item[]) => Promise<DataRef>;
  /** Tells a run that something was decided; false when it is over. @throws TransientError `temporal_unavailable` */
  readonly wake: (runId: RunId) => Promise<boolean>;
  /** Ends a run's workflow whose row has ended; false when it is over. @throws TransientError `temporal_unavailable` */
  readonly terminate: (runId: RunId, reason: string) => Promise<boolean>;
}

/** Credentials as the API works with them. */
export interface CredentialParts {
  readonly ports: CredentialPorts;
  readonly lender: TestingLender;
  readonly rotation: KeyRotation;
  /** Lets every run go on that waits for a credential. @returns how many */
  readonly releaseHeld: (workspaceId: string, credentialId: string) => Promise<number>;
}

/** Which list of a connector, and for whom. */
export interface OptionsQuery {
  readonly connectorKey: string;
  /** Name of the list. */
  readonly name: string;
  /** One that the caller may use; null: none was chosen. */
  readonly credential: { readonly workspaceId: string; readonly credentialId: string } | null;
  /** What the list depends on. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** What the person typed. */
  readonly search: string;
  readonly maxItems: number;
  /** Whether the service is asked although its last answer is still kept. */
  readonly isFresh: boolean;
  readonly signal: AbortSignal;
}

/** What is wrong in the sources of a node type, on a machine of a developer. */
export interface NodeFault {
  /** English. */
  readonly text: string;
  /** `nodes/acme/src/index.ts:12:5`. */
  readonly place: string;
  /** Text of that line; empty where it cannot be read. */
  readonly source: string;
}

/** What a step gave, to be the sample of its type. */
export interface SampleToRecord {
  readonly workspaceId: string;
  readonly type: string;
  readonly version: number;
  readonly value: JsonValue;
}

/** A service's description, or where it is. */
export type DescriptionToImport = BodyOf<typeof endpoints.connectors.import> & {
  /** Default from the key and the description. */
  readonly title?: string;
  /** The versions that the connector has, as they were stored, the oldest first: what comes out is the next one. Default: it is a new one. */
  readonly earlier?: readonly JsonObject[];
  readonly signal: AbortSignal;
};

/** What came of a description: for people to look at, and the connector as it is stored. */
export interface ImportedDescription {
  readonly view: ImportedConnectorView;
  readonly content: JsonObject;
  /** What differs from the last of `earlier`. Absent: there was none. */
  readonly changes?: ConnectorChangesView;
}

/** What the composition root gives. */
export interface ApiPorts {
  readonly db: Database;
  /** Signs session cookies; derived from the root key, at least 32 characters. */
  readonly authSecret: string;
  readonly catalog: NodeTypeCatalog;
  /** Installed connectors and what is proved of them. */
  readonly connectors: () => readonly ConnectorView[];
  /**
   * Makes a connector of a service's description, apart from what else goes on. Absent: this process does not.
   * @throws UserError `description_…`, `egress_…`
   */
  readonly importDescription?: (request: DescriptionToImport) => Promise<ImportedDescription>;
  /** Connectors made of descriptions come into the catalog when this process has read them. Absent: none are added here. */
  readonly readImportedConnectors?: () => Promise<void>;
  /** The one way out to the network, for what people give an address of. Absent: this process fetches nothing. */
  readonly egress?: Pick<Egress, 'request'>;
  /** What is wrong in the sources of a node type. Absent: sources are not followed. */
  readonly nodeFaults?: (type: string) => readonly NodeFault[];
  /** Writes a sample into a node package, without secrets and personal data. Absent: sources are not followed. */
  readonly recordSample?: (sample: SampleToRecord) => Promise<{ readonly file: string; readonly replaced: number }>;
  readonly credentials: CredentialParts;
  /** Reads values from services for forms. Absent: this process runs no connectors. */
  readonly loadOptions?: (request: OptionsQuery) => Promise<readonly OptionView[]>;
  /** The product's own mails. */
  readonly mail: Mailer;
  /**
   * Starts a run and returns when its start is on disk.
   * @throws TransientError `temporal_unavailable`
   */
  readonly startRun: (start: ManualStart) => Promise<RunId>;
  readonly runControl: RunControl;
  /** Reads stored items that are too large for their row. */
  readonly readBlob: (workspaceId: string, blobId: string) => Promise<readonly Item[]>;
  /** Base URL under which people and callers reach the server; no slash at the end. */
  readonly publicUrl: string;
  /** Of the product, shown to people. */
  readonly version: string;
  /** What expressions may read as `$env.NAME`; null: allowed, but not set. Values never leave the process. Default none. */
  readonly environment?: Readonly<Record<string, string | null>>;
  /** How Code steps run. Absent: no steps run in this process. */
  readonly codeSettings?: () => {
    readonly level: 'L3' | 'L2' | 'L1';
    readonly python: boolean;
    readonly oneShot: boolean;
    readonly packages: readonly string[];
  };
  readonly clock: Clock;
  readonly log: Logger;
  /** Resolves when Temporal answers; rejects otherwise. */
  readonly temporalReady: () => Promise<void>;
  /** Free bytes of the disk that the embedded Postgres writes to; only where there is one. */
  readonly freeDiskBytes?: () => Promise<number>;
  /** How to kill this process; only where somebody starts it again. Default: the plug cannot be pulled here. */
  readonly plug?: Plug;
  /** Overrides of the rate limits, by class. */
  readonly rateLimits?: Partial<Readonly<Record<RateClass, RateLimit>>>;
}

/** What routes work with. */
export interface ApiDeps extends ApiPorts {
  readonly identity: Identity;
  readonly drafts: DraftServer;
  readonly runChanges: RunChanges;
  readonly limiter: RateLimiter;
  readonly plugProof: PlugProof;
}
