import type { JsonObject, RunId, VersionId, WorkflowId, WorkspaceId } from '@millwright/core';

/** Everything about a run that is fixed at its start; any process can write its row from this. */
export interface RunHeader {
  readonly workspaceId: WorkspaceId;
  readonly runId: RunId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly triggerNodeId: string;
  /** What it was started by; `called`: another run; `failure`: a run that failed and names this workflow as its handler; `test`: the editor. */
  readonly mode: 'webhook' | 'manual' | 'called' | 'failure' | 'test';
  /** Day of the origin run, `YYYY-MM-DD` UTC: the partition of its ledger rows. */
  readonly originDay: string;
  /** Ms since 1970. */
  readonly startedAtMs: number;
  readonly save: 'all' | 'failures' | 'none';
  /** The delivery that caused it: its row is written with the run's first flush. */
  readonly delivery?: { readonly endpointId: string; readonly hash: string; readonly hasId: boolean };
  /** When the caller is answered: `none` = it already was (202). */
  readonly reply: 'none' | 'respond' | 'end';
  /** HTTP status of the answer at the end of a run that succeeded. Default 200. */
  readonly replyStatus?: number;
  /** Person who started it by hand. */
  readonly startedBy?: string;
  /** It goes on with an earlier run: what that one did is not done again. */
  readonly resumes?: Resumes;
  /** The run whose input it was started with; everything is done anew. */
  readonly rerunOf?: RunId;
  /** The node run that called it. Absent: nobody did. */
  readonly parent?: RunParent;
  /** The failed run whose handler it is, or that a handler's descendants stem from: such runs have no handlers of their own. */
  readonly failureOf?: RunId;
  /** Absent: its expressions mention no variables and no environment names. */
  readonly fixed?: FixedValues;
}

/**
 * What expressions read beside their items: values of the variables and allowed environment names that the plan mentions, as they were
 * when the run was started. They travel with the header, hence in the run's history: every try of every segment builds the same requests.
 */
export interface FixedValues {
  readonly vars?: JsonObject;
  readonly env?: Readonly<Record<string, string>>;
}

/** The node run that called a run. */
export interface RunParent {
  readonly runId: RunId;
  readonly nodeId: string;
  readonly runIndex: number;
  /** −1: called once for the whole list. */
  readonly itemIndex: number;
  /** Try of the item, from 1: another try calls another run. */
  readonly attempt: number;
  /** Calls above this run, from 1. */
  readonly depth: number;
  /** The caller waits for its end. */
  readonly waits: boolean;
}

/** How a run goes on with an earlier one. */
export interface Resumes {
  readonly runId: RunId;
  /** The first run of the chain: its id is in the keys of all their ledger rows, so that vendors get the same keys. */
  readonly originRunId: RunId;
  /** When the first run of the chain started, ms since 1970: what `$run.startedAt` stays. */
  readonly originStartedAtMs: number;
  /** What becomes of a write that was done, but would now be another one: sent with a new key, or left as it is (default). */
  readonly onChanged?: 'resend' | 'skip';
}

/** The answer to the caller of a synchronous webhook. */
export interface ReplyMessage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text body; JSON is already written out. */
  readonly body: string;
}
