import { cleanText, type JsonValue } from '@millwright/core';
import type { AttemptKey, BuiltFrom, DataRef, EffectClass, NodeRunRecord, RunEnd, RunHeader } from '@millwright/workflow';
import type { AttemptStatus, RunError, RunStatus, WaitsFor } from '@millwright/workflow/states';
import { cleanJson, encodePayload } from '../payload.ts';

/** A row that a flush inserts into `attempts`: a try that is about to leave, or an outcome that had no such row. */
export interface AttemptRow extends AttemptKey, BuiltFrom {
  readonly class: EffectClass;
  readonly seq: number | null;
  readonly status: AttemptStatus;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly requestHash: string | null;
  readonly response: JsonValue | undefined;
  readonly error: RunError | undefined;
  readonly timeMs?: number;
}

/** A row of `attempts` that a flush settles: the answer to what was sent, or the place that an answer takes in the order. */
export interface SettleRow extends AttemptRow {
  /** Whose the row is; it must still be theirs… */
  readonly sentBy: string;
  /** …and stand like this. */
  readonly expected: AttemptStatus;
}

/** How a run stands after a flush. */
export interface RunStanding {
  readonly status: RunStatus;
  readonly waitsFor: WaitsFor | null;
  readonly end: RunEnd | null;
  /** The segment is over: another process may take the run. */
  readonly release: boolean;
}

/** While a segment is open. */
export const RUNNING: RunStanding = { status: 'running', waitsFor: null, end: null, release: false };

/** The run whose id stands in the keys of a run's ledger rows: that of the first run of a chain of resumed ones. */
export function ledgerRunId({ runId, resumes }: RunHeader): string {
  return resumes?.originRunId ?? runId;
}

/** The key of a ledger row: `run:node:runIndex:item`, or with `keyIndex` for `runIndex`. */
export function attemptKey(runId: string, key: AttemptKey): string {
  return `${runId}:${key.nodeId}:${String(key.keyIndex ?? key.runIndex)}:${String(key.itemIndex)}`;
}

/** What stands in a row's key for its `runIndex`. */
export function keyIndexOf(key: string): number {
  // No id holds a colon.
  return Number(key.split(':')[2]);
}

/** Names a ledger row inside a flush. */
export function rowName(runId: string, key: AttemptKey): string {
  return `${attemptKey(runId, key)}#${String(key.attempt)}`;
}

/** A node run as its row has it. */
export interface EncodedNodeRun {
  readonly counts: string;
  readonly inputs: Buffer | null;
  readonly outputs: Buffer | null;
}

/**
 * Writes a node run's data out. An input that a node run of the same run gave is stored there only.
 * @param produced ids of outputs that this run stored, with their counts
 */
export function encodeNodeRun(header: RunHeader, record: NodeRunRecord, produced: ReadonlyMap<string, number>): EncodedNodeRun {
  const keep = header.save !== 'none';
  return {
    counts: JSON.stringify({ in: countsOf(record.inputs), out: countsOf(record.outputs), ...progressOf(record) }),
    inputs: encodePorts(record.inputs, (ref) => keep && !(ref.inline !== undefined && produced.get(ref.id) === ref.count)),
    outputs: encodePorts(record.outputs, () => keep),
  };
}

/** An error for a `jsonb` column. */
export function encodeError(error: RunError | undefined): string | null {
  return error === undefined ? null : cleanJson(error);
}

/** A response for a `bytea` column. */
export function encodeResponse(response: JsonValue | undefined): Buffer | null {
  return response === undefined ? null : encodePayload(response);
}

/** A text for a `text` column. */
export function cleanOrNull(text: string | undefined | null): string | null {
  return text === undefined || text === null ? null : cleanText(text);
}

/** How far a map is stands beside the counts: it is one, and most rows have none. */
function progressOf({ progress }: NodeRunRecord): Pick<NodeRunRecord, 'progress'> {
  return progress === undefined ? {} : { progress };
}

function countsOf(refs: Readonly<Record<string, DataRef>>): Record<string, number> {
  return Object.fromEntries(Object.entries(refs).map(([port, ref]) => [port, ref.count]));
}

function encodePorts(refs: Readonly<Record<string, DataRef>>, keeps: (ref: DataRef) => boolean): Buffer | null {
  const ports = Object.entries(refs);
  if (ports.length === 0) return null;
  return encodePayload(
    Object.fromEntries(ports.map(([port, ref]) => [port, keeps(ref) ? ref : { id: ref.id, count: ref.count, sizeBytes: ref.sizeBytes }])),
  );
}

/** What a run's row says from its start on, in the order of its columns: workspace, run, workflow, … who started it, who called it. */
export function headerValues(header: RunHeader): readonly unknown[] {
  return [
    header.workspaceId,
    header.runId,
    header.workflowId,
    cleanOrNull(header.workflowName),
    header.versionId,
    header.planHash,
    header.triggerNodeId,
    header.mode,
    header.originDay,
    header.startedAtMs,
    header.save,
    header.reply,
    cleanOrNull(header.startedBy),
    header.parent?.runId ?? null,
    header.parent === undefined ? null : JSON.stringify(header.parent),
    header.failureOf ?? null,
    header.resumes?.runId ?? null,
    header.resumes?.originRunId ?? null,
    header.rerunOf ?? null,
    header.fixed === undefined ? null : JSON.stringify(header.fixed),
  ];
}
