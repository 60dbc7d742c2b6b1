import type { Pool, QueryResultRow } from 'pg';
import { TransientError, type OwnerId } from '@millwright/core';
import type { AttemptStatus, CallLedger, CallOpened, Outcome, RemoteCall, RunHeader, StartedAttempt } from '@millwright/workflow';
import { asDatabaseError, databaseCode } from '../errors.ts';
import { poolQuery, type Queryable, type QueryRows } from '../queryable.ts';
import { Batch } from './batch.ts';
import { ATTEMPT_COLUMNS, wasDone } from './flush-columns.ts';
import { attemptKey, encodeError, encodeResponse, ledgerRunId, rowName } from './rows.ts';

/** What remote calls need of their process. */
export interface CallLedgerPorts {
  readonly pool: Pool;
  readonly ownerId: () => OwnerId;
  /** Whether this process renewed its lease lately enough to send. */
  readonly canSend: () => boolean;
  /** A call of a run begins here: if this process dies, it is known of which runs. */
  readonly callOpened: (runId: string) => Promise<void>;
  readonly callClosed: (runId: string) => void;
}

type Row = Omit<Outcome, 'seq' | 'status' | 'finishedAtMs'> & {
  readonly status: AttemptStatus;
  readonly finishedAtMs?: number;
  readonly requestHash?: string;
};

interface Write {
  readonly header: RunHeader;
  readonly owner: string;
  readonly row: Row;
}

const OPEN = `('queued', 'running', 'waiting')`;

/** In the order of a row; a call's outcome gets its numbers when a segment takes it. */
const COLUMNS = ATTEMPT_COLUMNS.filter(([name]) => name !== 'seq' && name !== 'time_ms');
const NAMES = COLUMNS.map(([name]) => name).join(', ');
const SELECTED = COLUMNS.map(([name, type]) => (type === 'float8' ? `to_timestamp(n.${name} / 1000.0)` : `n.${name}`)).join(', ');
const ROWS = `unnest(${COLUMNS.map(([, type], index) => `$${String(index + 1)}::${type}[]`).join(', ')}) as n (${NAMES})`;

/**
 * The lock makes the run's end wait for the row, or the row see the end; in the order of run ids, as flushes lock, so that they cannot
 * block each other. A try that is stored already is not started again, and none after one that was done.
 */
const START = `
  with asked as (select * from ${ROWS}),
    open as (
      select r.workspace_id, r.run_id from runs r
      where (r.workspace_id, r.run_id) in (select workspace_id, run_id from asked) and r.status in ${OPEN} and r.cancel_at is null
      order by r.run_id for share)
  insert into attempts (${NAMES})
  select ${SELECTED} from asked n
  where (n.workspace_id, n.run_id) in (select workspace_id, run_id from open) and exists (select 1 from owners o where o.owner = n.owner)
    and not ${wasDone('n')}
  on conflict (origin_day, key, attempt) do nothing
  returning key || '#' || attempt as name`;

/** An answer without a start is worth nothing once its run has ended: a run that goes on with that one has looked at what it did. */
const STORE = `
  with asked as (select * from ${ROWS}),
    open as (
      select r.workspace_id, r.run_id from runs r
      where (r.workspace_id, r.run_id) in (select workspace_id, run_id from asked) and r.status in ${OPEN}
      order by r.run_id for share)
  insert into attempts as a (${NAMES})
  select ${SELECTED} from asked n
  where (n.workspace_id, n.run_id) in (select workspace_id, run_id from open)
    or exists (select 1 from attempts s where s.origin_day = n.origin_day and s.key = n.key and s.attempt = n.attempt)
  on conflict (origin_day, key, attempt) do update set status = excluded.status, finished_at = excluded.finished_at,
    response = excluded.response, error = excluded.error
  where a.workspace_id = excluded.workspace_id and a.owner = excluded.owner and a.status = 'started'`;

const LOOK = `
  select r.status in ${OPEN} and r.cancel_at is null as is_open,
    coalesce((select losses from run_losses l where l.run_id = r.run_id), 0) as losses,
    a.attempt, a.status, a.request_hash, a.started_at, a.owner, exists (select 1 from owners o where o.owner = a.owner) as is_alive
  from runs r left join lateral (
    select attempt, status, request_hash, started_at, owner from attempts
    where origin_day = $3::date and key = $4 and run_id = $2 order by attempt desc limit 1) a on true
  where r.workspace_id = $1 and r.run_id = $2`;

interface Looked {
  readonly is_open: boolean;
  readonly losses: number;
  readonly attempt: number | null;
  readonly status: AttemptStatus | null;
  readonly request_hash: string | null;
  readonly started_at: Date | null;
  readonly owner: OwnerId | null;
  readonly is_alive: boolean;
}

/** The ledger of the remote calls of a process. */
export class CallLedgers {
  readonly #ports: CallLedgerPorts;
  readonly #query: Queryable['query'];
  readonly #starts: Batch<Write, boolean>;
  readonly #stores: Batch<Write, true>;

  constructor(ports: CallLedgerPorts) {
    this.#ports = ports;
    this.#query = poolQuery(ports.pool);
    this.#starts = new Batch(async (writes) => {
      const { rows } = await this.#write<{ name: string }>(START, writes, 'call_start');
      const started = new Set(rows.map(({ name }) => name));
      return writes.map(({ header, row }) => started.has(rowName(ledgerRunId(header), row)));
    });
    this.#stores = new Batch(async (writes) => {
      await this.#write(STORE, writes, 'call_store');
      return writes.map(() => true as const);
    });
  }

  /** The ledger of one call. */
  readonly callsFor = (header: RunHeader, call: RemoteCall): CallLedger => {
    const owner = this.#ports.ownerId();
    const listed = this.#ports.callOpened(header.runId);
    return {
      open: async () => {
        await listed;
        return this.#look(header, call, owner);
      },
      start: async (attempt) => this.#start({ header, owner, row: { ...attempt, status: 'started' } }),
      store: async (outcome) => {
        await this.#stores.add({ header, owner, row: outcome });
      },
      close: () => {
        this.#ports.callClosed(header.runId);
      },
    };
  };

  async #start(write: Write & { readonly row: StartedAttempt }): Promise<boolean> {
    this.#checkLease();
    const isStarted = await this.#starts.add(write);
    // The row stays `started`: nothing was sent, and the next try may say so only after it was looked at.
    if (isStarted) this.#checkLease();
    return isStarted;
  }

  #checkLease(): void {
    if (this.#ports.canSend()) return;
    throw new TransientError({ code: 'lease_stale', message: 'the lease of this process was not renewed for 7 s: it sends nothing' });
  }

  async #look(header: RunHeader, call: RemoteCall, me: OwnerId): Promise<CallOpened> {
    const values = [header.workspaceId, header.runId, header.originDay, attemptKey(ledgerRunId(header), call)];
    const [row] = (await this.#query<Looked>(LOOK, values, 'call_look')).rows;
    if (row === undefined) return { isOpen: false, losses: 0, last: null };
    const { attempt, status, owner } = row;
    if (attempt === null || status === null || owner === null) return { isOpen: row.is_open, losses: row.losses, last: null };
    const own = owner === me ? { isOwn: true as const } : {};
    const sent = { requestHash: row.request_hash ?? '', startedAtMs: row.started_at?.getTime() ?? 0, ...own };
    return { isOpen: row.is_open, losses: row.losses, last: { attempt, status, owner, isAlive: row.is_alive, ...sent } };
  }

  async #write<R extends QueryResultRow>(text: string, writes: readonly Write[], name: string): Promise<QueryRows<R>> {
    const rows = writes.map(valuesOf);
    const values = COLUMNS.map((_, index) => rows.map((row) => row[index]));
    try {
      return await this.#query<R>(text, values, name);
    } catch (thrown) {
      const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
      if (databaseCode(cause) !== '23514') throw asDatabaseError(thrown);
      for (const day of new Set(writes.map(({ header }) => header.originDay)))
        await this.#query('select ensure_attempts_partition($1::date)', [day]);
      return this.#query<R>(text, values, name);
    }
  }
}

function valuesOf({ header, owner, row }: Write): readonly unknown[] {
  return [
    header.workspaceId,
    header.originDay,
    attemptKey(ledgerRunId(header), row),
    row.attempt,
    header.runId,
    row.nodeId,
    row.runIndex,
    row.itemIndex,
    row.class,
    row.status,
    owner,
    row.startedAtMs,
    row.finishedAtMs ?? null,
    row.requestHash ?? null,
    encodeResponse(row.response),
    encodeError(row.error),
    row.configHash ?? null,
    row.inputHash ?? null,
    row.atMs ?? null,
  ];
}
