import type { Pool } from 'pg';
import { newId, type Clock, type OwnerId } from '@millwright/core';
import type { DatabaseLog } from '../log.ts';
import { poolQuery, type Queryable } from '../queryable.ts';

/** How often the lease is renewed, and others' are looked at. */
const RENEW_MS = 3000;
/** Without a renewal for this long nothing is sent: the lease is 10 s by Postgres' clock, three less by ours. */
const STALE_MS = 7000;
/** Within this time after a segment opened its run is in the list that a reaper reads. */
const LIST_MS = 100;
/** From its start on a process needs so long to have seen of what the one before died: its lease ends after 10 s, and there is a look every 3 s. */
const SEEN_MS = 20_000;
/** Before a run's id in the list: not its segment is open here, but a remote call. */
const CALL = 'call:';

/**
 * Nobody is reaped until Postgres has been up for 10 s: those who live need time to renew. The runs of a dead process are
 * those whose rows name it, and those in its list that have no row yet (the list may be 3 s old).
 */
const REAP = `
  with dead as (
    delete from owners where lease_until < now() and pg_postmaster_start_time() < now() - interval '10 seconds'
    returning owner, open_segments),
  held as (
    select d.owner, r.run_id, r.plan_hash from dead d join runs r on r.owner = d.owner and r.status in ('queued', 'running', 'waiting')
    union
    select d.owner, r.run_id, r.plan_hash from dead d, unnest(d.open_segments) as s (run_id)
      join runs r on r.run_id = substr(s.run_id, ${CALL.length + 1}) and r.status in ('queued', 'running', 'waiting')
      where s.run_id like '${CALL}%'
    union
    select d.owner, s.run_id, null from dead d, unnest(d.open_segments) as s (run_id) where s.run_id not like '${CALL}%' and not exists (
      select 1 from runs r where r.run_id = s.run_id and r.status in ('queued', 'running', 'waiting'))),
  lost as (
    insert into run_losses as l (run_id, losses, plan_hash)
    select run_id, count(distinct owner), max(plan_hash) from held group by run_id order by run_id
    on conflict (run_id) do update set losses = l.losses + excluded.losses, last_at = now(), plan_hash = coalesce(excluded.plan_hash, l.plan_hash))
  select d.owner, (select count(*)::int from held h where h.owner = d.owner) as open, l.recent, l.guilty
  from (select bool_or(last_at > now() - interval '10 minutes') is true as recent,
      array_agg(plan_hash) filter (where plan_hash is not null and losses >= $1::int) as guilty
    from run_losses where last_at > now() - interval '1 hour') l
  left join dead d on true`;

interface ReapedRow {
  /** Null: nobody had died. */
  readonly owner: string | null;
  readonly open: number;
  readonly recent: boolean;
  readonly guilty: readonly string[] | null;
}

/** What an incarnation needs. */
export interface OwnerPorts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: DatabaseLog;
  /** From so many deaths on a run is known to be guilty of them. Absent: nobody asks. */
  readonly poisonLosses: number | undefined;
  /** The lease was lost: every open segment stops; a new id is in force already. */
  readonly onLost: () => void;
}

/** This process in `owners`: its lease, the runs it has open, and the reaping of those that died. */
export class Owner {
  readonly #ports: OwnerPorts;
  readonly #query: Queryable['query'];
  readonly #open = new Set<string>();
  /** Resolves when the list was written for everything that opened before. */
  #listing: Promise<void> = Promise.resolve();
  /** Remote calls under way, by run. */
  readonly #calls = new Map<string, number>();
  #listed: ReadonlySet<string> = new Set();
  #id: OwnerId;
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #startedAtMs = Number.POSITIVE_INFINITY;
  /** Within ten minutes a process died that had runs open. */
  #sawDeath = false;
  /** Plans of runs that within the hour killed each process that took them, the last of which had nothing but them. */
  #guilty: ReadonlySet<string> = new Set();
  #renewTimer: NodeJS.Timeout | null = null;
  #listTimer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(ports: OwnerPorts, id: OwnerId = newId('owner')) {
    this.#ports = ports;
    this.#query = poolQuery(ports.pool);
    this.#id = id;
  }

  get id(): OwnerId {
    return this.#id;
  }

  /** Whether the lease was renewed lately enough (7 s by the monotonic clock) to send something. */
  canSend(): boolean {
    return this.#ports.clock.monotonicMs() - this.#renewedAtMs < STALE_MS;
  }

  /**
   * Whether no process of the install died with runs open for ten minutes, as far as this one can know. Otherwise one of them may kill
   * again, and has to be on disk before it begins: what is not cannot be counted.
   */
  isCalm(): boolean {
    return !this.#sawDeath && this.#ports.clock.monotonicMs() - this.#startedAtMs >= SEEN_MS;
  }

  /** Whether a run of this plan was found guilty within the hour: the next one may do the same, and begins in a process of its own. */
  isGuilty(planHash: string): boolean {
    return this.#guilty.has(planHash);
  }

  /** A run of this plan is about to fail for its deaths; what comes in the next three seconds is not to meet a process that has not heard of it. */
  foundGuilty(planHash: string): void {
    this.#guilty = new Set([...this.#guilty, planHash]);
  }

  /** Takes the lease and keeps it. @throws TransientError `database_unavailable` */
  async start(): Promise<void> {
    await this.#register();
    this.#startedAtMs = this.#renewedAtMs;
    // Before there is any work: a process that is killed by the first of it would never come to renew.
    await this.#reap();
    this.#renewLater();
  }

  /** Gives the lease back: what this process held may be taken at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#renewTimer !== null) clearTimeout(this.#renewTimer);
    if (this.#listTimer !== null) clearTimeout(this.#listTimer);
    await this.#query('delete from owners where owner = $1', [this.#id]).catch(() => undefined);
  }

  opened(runId: string): void {
    this.#open.add(runId);
    this.#listSoon();
  }

  closed(runId: string): void {
    this.#open.delete(runId);
  }

  /**
   * A remote call of a run begins; the run itself may be another process's meanwhile. Resolves when it is in the list: nothing else tells
   * which runs died with this process. Never rejects.
   */
  async callOpened(runId: string): Promise<void> {
    this.#calls.set(runId, (this.#calls.get(runId) ?? 0) + 1);
    this.#listSoon();
    await this.#listing;
  }

  callClosed(runId: string): void {
    const left = (this.#calls.get(runId) ?? 1) - 1;
    if (left > 0) this.#calls.set(runId, left);
    else this.#calls.delete(runId);
  }

  /** What a reaper reads when this process is dead. */
  get #list(): readonly string[] {
    return [...this.#open, ...[...this.#calls.keys()].map((runId) => `${CALL}${runId}`)];
  }

  #listSoon(): void {
    if (this.#listTimer !== null || this.#stopped) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#listing = promise;
    this.#listTimer = setTimeout(() => {
      this.#listTimer = null;
      void this.#writeList().then(resolve);
    }, LIST_MS);
    this.#listTimer.unref();
  }

  /** Renews once, and reaps. Called by the timer; tests call it. */
  async renew(): Promise<void> {
    const askedAtMs = this.#ports.clock.monotonicMs();
    const runs = this.#list;
    const result = await this.#query(
      `update owners set lease_until = now() + interval '10 seconds', open_segments = $2 where owner = $1`,
      [this.#id, runs],
      'owner_renew',
    );
    if (result.count > 0) {
      this.#renewedAtMs = askedAtMs;
      this.#listed = new Set(runs);
      await this.#reap();
      return;
    }
    this.#ports.log.warn({ owner: this.#id }, 'the lease of this process was lost; its open segments stop');
    this.#id = newId('owner');
    this.#open.clear();
    this.#ports.onLost();
    await this.#register();
  }

  async #register(): Promise<void> {
    const askedAtMs = this.#ports.clock.monotonicMs();
    await this.#query(
      `insert into owners (owner, lease_until) values ($1, now() + interval '10 seconds') on conflict (owner) do update set lease_until = excluded.lease_until`,
      [this.#id],
    );
    this.#renewedAtMs = askedAtMs;
  }

  async #reap(): Promise<void> {
    const reap = async (): Promise<readonly ReapedRow[]> =>
      (await this.#query<ReapedRow>(REAP, [this.#ports.poisonLosses ?? null], 'owner_reap')).rows;
    const rows = await reap();
    const died = rows.filter(({ owner }) => owner !== null);
    for (const { owner, open } of died) this.#ports.log.warn({ owner, open }, 'a process died; its runs may be taken');
    // The statement does not see what it writes itself.
    const [known] = died.length === 0 ? rows : await reap();
    this.#sawDeath = known?.recent ?? false;
    this.#guilty = new Set(known?.guilty);
  }

  #renewLater(): void {
    this.#renewTimer = setTimeout(() => {
      this.renew()
        .catch((error: unknown) => {
          this.#ports.log.warn({ err: error }, 'the lease of this process could not be renewed');
        })
        .finally(() => {
          if (!this.#stopped) this.#renewLater();
        });
    }, RENEW_MS);
    this.#renewTimer.unref();
  }

  /** Unawaited, and not worth a flush to disk: it serves to find runs that kill their process. */
  async #writeList(): Promise<void> {
    const runs = this.#list;
    if (runs.every((runId) => this.#listed.has(runId))) return;
    await this.#query(
      `with relaxed as materialized (select set_config('synchronous_commit', 'off', true) as v)
       update owners set open_segments = $2 from relaxed where owner = $1 and relaxed.v is not null`,
      [this.#id, runs],
      'owner_list',
    )
      .then(() => {
        this.#listed = new Set(runs);
      })
      .catch(() => undefined);
  }
}
