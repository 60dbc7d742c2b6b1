import { UserError, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { durationMs, type Connector, type PollTrigger } from '@millwright/node-sdk';
import type { RuntimePorts } from '../exchange.ts';
import { ActionCall } from '../execute-action.ts';
import type { CredentialRef } from '../lender.ts';
import { fill } from '../request/fill.ts';
import { readPath, readText } from '../request/paths.ts';
import type { TriggerEvent } from './receive.ts';

/** Where a poll is. */
export interface PollState {
  /** Greatest value of the cursor field that was seen; null while the list is empty. */
  readonly cursor: string | null;
  /** Ids at and near the cursor: an overlap gives them again. */
  readonly seen: readonly string[];
}

/** One poll. */
export interface Poll {
  readonly connector: Connector;
  readonly poll: PollTrigger;
  readonly credential: CredentialRef | null;
  readonly input: Readonly<Record<string, JsonValue>>;
  /** Null before the first poll. */
  readonly state: PollState | null;
  readonly signal: AbortSignal;
}

const MAX_SEEN = 10_000;
const MAX_ITEMS = 1000;

function idOf(data: JsonValue, dedupe: string): string {
  const parts = dedupe.split('+').map((path) => readText(data, path));
  return parts.every((part) => part !== null) ? parts.join('+') : hashHex(JSON.stringify(data));
}

/** Times go back by the overlap, so that what was stored late is seen; other cursors stay. */
function askFrom(cursor: string | null, overlap: PollTrigger['cursor']['overlap']): string | null {
  const at = cursor === null || overlap === undefined || /^\d+$/.test(cursor) ? Number.NaN : Date.parse(cursor);
  return Number.isNaN(at) || overlap === undefined ? cursor : new Date(at - durationMs(overlap)).toISOString();
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  const isNumber = /^\d+$/.test(a) && /^\d+$/.test(b);
  return (isNumber ? Number(a) >= Number(b) : a >= b) ? a : b;
}

/**
 * Asks once what is new. The first time nothing is: it notes where the list is.
 * @returns events, oldest first, and the state to store with them in one transaction
 */
export async function pollOnce(
  ports: RuntimePorts,
  { connector, poll, credential, input, state, signal }: Poll,
): Promise<{ readonly events: readonly TriggerEvent[]; readonly state: PollState }> {
  const action = connector.actions[poll.use];
  if (action === undefined)
    throw new UserError('notFound', { code: 'action_missing', message: `${connector.key} has no action "${poll.use}"` });
  const scope = { ...input, cursor: askFrom(state?.cursor ?? null, poll.cursor.overlap) };
  const given = poll.input === undefined ? input : (fill(poll.input, scope) as Readonly<Record<string, JsonValue>>);
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const parsed = action.input.parse(present);
  const call = {
    connector,
    actionKey: poll.use,
    action,
    input: parsed,
    maxItems: state === null ? (poll.firstItems ?? MAX_ITEMS) : MAX_ITEMS,
    idempotencyKey: null,
    nowMs: ports.clock.nowMs(),
    signal,
  };
  const items = await new ActionCall(ports, call, { credential, attempt: 1, beforeSend: () => Promise.resolve() }).run();
  const found = items.map((data) => ({ id: idOf(data, poll.dedupe), data, at: cursorOf(data, poll.cursor.field) }));
  const known = new Set(state?.seen);
  const fresh = found.filter(({ id }) => !known.has(id)).toSorted((a, b) => (a.at === b.at ? 0 : later(a.at, b.at) === a.at ? 1 : -1));
  const cursor = found.reduce((greatest, { at }) => later(greatest, at), state?.cursor ?? null);
  const seen = [...new Set([...known, ...found.map(({ id }) => id)])].slice(-MAX_SEEN);
  return { events: state === null ? [] : fresh.map(({ id, data }) => ({ id, data })), state: { cursor, seen } };
}

function cursorOf(data: JsonValue, field: string): string | null {
  const value = readPath(data, field);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}
