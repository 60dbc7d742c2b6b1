import { setTimeout as sleep } from 'node:timers/promises';
import {
  createOwner,
  prepareInstall,
  publishSketch,
  queryRows,
  startEcho,
  type Echo,
  type Install,
  type Published,
  type SignedIn,
} from '../../packages/testing/src/index.ts';
import { parentOf, type Roots } from './processes.ts';
import type { Workload } from './scenarios.ts';

/** What is measured: a real install as `npm start` runs it, its owner, and the target of its effects. */
export interface Stand {
  readonly install: Install;
  readonly echo: Echo;
  readonly owner: SignedIn;
  readonly roots: Roots;
  /** Publishes a workload once; later calls give the same. */
  readonly published: (workload: Workload) => Promise<Published>;
  readonly close: () => Promise<void>;
}

/** Counters of the whole Postgres server. */
export interface PostgresCounters {
  readonly commits: number;
  readonly walBytes: number;
}

/** How runs of a workflow ended. */
export interface RunCounts {
  readonly open: number;
  /** Succeeded, with as many succeeded node runs as the workload has nodes. */
  readonly whole: number;
  readonly total: number;
  /** When the last one ended, ms since 1970; 0 before. */
  readonly lastEndMs: number;
}

/** How often there is a look at whether runs have ended: each is work for the machine that is measured. */
const LOOK_MS = 1_000;

/** Starts an install with these settings. */
export async function openStand(env: Readonly<Record<string, string>>): Promise<Stand> {
  const echo = await startEcho();
  const install = await prepareInstall({ MILLWRIGHT_EGRESS_ALLOW: echo.host, ...env });
  const close = async (): Promise<void> => {
    echo.stop();
    await install.remove();
  };
  try {
    await install.start();
    const owner = await createOwner(install);
    const { server = 0, temporal = 0, postgres = 0 } = install.pids();
    const known = new Map<string, Promise<Published>>();
    const published = (workload: Workload): Promise<Published> => {
      const found = known.get(workload.name) ?? publishSketch(owner, workload.name, workload.sketch(echo.url));
      known.set(workload.name, found);
      return found;
    };
    return { install, echo, owner, roots: { supervisor: parentOf(server), temporal, postgres }, published, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** The product's database, as its owner. */
export function databaseUrl({ install }: Stand): string {
  return install.environmentOf('server')['DATABASE_URL'] ?? '';
}

/** Counters of the server so far. Sessions report theirs about once a second. */
export async function postgresCounters(stand: Stand): Promise<PostgresCounters> {
  const [row] = await queryRows<{ commits: string; wal: string }>(
    databaseUrl(stand),
    `select sum(xact_commit)::text as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as wal from pg_stat_database`,
  );
  return { commits: Number(row?.commits ?? 0), walBytes: Number(row?.wal ?? 0) };
}

/** How the runs of a workflow stand that began at a time or later. */
async function countRuns(stand: Stand, workflowId: string, since: { readonly atMs: number; readonly nodes: number }): Promise<RunCounts> {
  const [row] = await queryRows<{ open: number; whole: number; total: number; last: number | null }>(
    databaseUrl(stand),
    `select count(*) filter (where r.finished_at is null)::int as open, count(*)::int as total,
       count(*) filter (where r.status = 'succeeded' and (select count(*) from node_runs n
         where n.workspace_id = r.workspace_id and n.run_id = r.run_id and n.status = 'succeeded') = $3)::int as whole,
       (extract(epoch from max(r.finished_at)) * 1000)::float8 as last
     from runs r where r.workflow_id = $1 and r.started_at >= to_timestamp($2 / 1000.0)`,
    [workflowId, since.atMs, since.nodes],
  );
  return { open: row?.open ?? 0, whole: row?.whole ?? 0, total: row?.total ?? 0, lastEndMs: row?.last ?? 0 };
}

/** Whether as many of those runs are there as were accepted, and none is open. Counting node runs, too, costs a hundred times as much. */
async function areEnded(stand: Stand, workflowId: string, since: { readonly atMs: number; readonly accepted: number }): Promise<boolean> {
  const [row] = await queryRows<{ open: number; total: number }>(
    databaseUrl(stand),
    `select count(*) filter (where finished_at is null)::int as open, count(*)::int as total
     from runs where workflow_id = $1 and started_at >= to_timestamp($2 / 1000.0)`,
    [workflowId, since.atMs],
  );
  return row !== undefined && row.open === 0 && row.total >= since.accepted;
}

/** Waits until as many runs are in history as were accepted, and none is open. @param since `withinMs`: at most, default a minute */
export async function untilEnded(
  stand: Stand,
  workflowId: string,
  since: { readonly atMs: number; readonly nodes: number; readonly accepted: number; readonly withinMs?: number },
): Promise<RunCounts> {
  const until = Date.now() + (since.withinMs ?? 60_000);
  while (!(await areEnded(stand, workflowId, since)) && Date.now() < until) await sleep(LOOK_MS);
  return countRuns(stand, workflowId, since);
}
