import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, publishSketch, type EchoRecord } from '../../packages/testing/src/index.ts';
import type { Construct } from './constructs/construct.ts';
import { CONSTRUCTS } from './constructs/index.ts';
import { deliver, ended, kill, pidOf, RECOVERY_MS, type Ground, type Part, type RunRow } from './ground.ts';
import { Judge, judgeEffects, type Effects, type Verdict } from './verdict.ts';

/** What a round does. */
export interface ConstructRoundOptions {
  readonly name: string;
  readonly victims: readonly Part[];
  /** Runs per construct. */
  readonly runs: number;
  /** They die once more as soon as the product is back, wherever the runs are then. */
  readonly isTwice?: boolean;
}

/** One accepted run. */
interface Accepted {
  readonly construct: Construct;
  readonly index: number;
  /** Below which its effects are, without the host. */
  readonly path: string;
  readonly runId: string;
}

/** The runs of one construct. */
interface Started {
  readonly accepted: readonly Accepted[];
  /** The called workflow among them. */
  readonly workflowIds: readonly string[];
}

async function start(ground: Ground, construct: Construct, { name, runs }: ConstructRoundOptions): Promise<Started> {
  const below = `${addressOf(name)}${addressOf(construct.name)}`;
  const base = `${ground.echo.url}${below}`;
  const title = `${name}, ${construct.name}`;
  const called = construct.called === undefined ? [] : [await publishSketch(ground.owner, `${title}, called`, construct.called(base))];
  const { url, workflowId } = await publishSketch(ground.owner, title, construct.sketch(base, called[0]?.workflowId ?? ''));
  const items = Array.from({ length: construct.items }, (_, n) => ({ n }));
  const accept = async (index: number): Promise<Accepted> => {
    const path = `${below}/run-${index}`;
    for (const rule of construct.rules(index)) await ground.echo.rule({ ...rule, path: `${path}${rule.path}` });
    const response = await deliver(url, `${title} ${index}`, { run: `run-${index}`, items });
    if (!response.ok) throw new Error(`a delivery was answered with ${response.status}: ${await response.text()}`);
    await response.body?.cancel();
    return { construct, index, path, runId: response.headers.get('x-millwright-run') ?? '' };
  };
  const accepted = await Promise.all(Array.from({ length: runs }, async (_, index) => accept(index)));
  return { accepted, workflowIds: [workflowId, ...called.map((one) => one.workflowId)] };
}

/** A name as the first part of a path. */
function addressOf(name: string): string {
  return `/${name.replaceAll(/[ :]+/g, '-')}`;
}

/** Waits until the vendor has met every run with all of its rules, but those for repeated requests. */
async function inside(ground: Ground, { construct, index, path }: Accepted): Promise<void> {
  const wanted = construct.rules(index).map((rule) => `${path}${rule.path}`);
  await eventually(async () => {
    const records = await ground.echo.records(path);
    return wanted.every((below) => records.some((one) => one.path.startsWith(below)));
  }, 90_000);
}

/**
 * One round: runs of every construct are accepted and inside their effects, the victims die, and the product is ready again.
 * @returns what waits for the runs and judges every one
 */
export async function playConstructs(ground: Ground, options: ConstructRoundOptions): Promise<() => Promise<Verdict>> {
  const started = await Promise.all(CONSTRUCTS.map(async (construct) => start(ground, construct, options)));
  const accepted = started.flatMap((one) => one.accepted);
  for (const one of accepted) await inside(ground, one);
  await Promise.all(options.victims.map((part) => pidOf(ground, part)));
  const killedAtMs = Date.now();
  await kill(ground, options.victims);
  // Answers that come while a part is away are the hard ones.
  await sleep(300);
  await ground.echo.release(addressOf(options.name));
  await ground.install.ready(RECOVERY_MS);
  if (options.isTwice === true) {
    await kill(ground, options.victims);
    await sleep(300);
    await ground.install.ready(RECOVERY_MS);
  }
  return () => judgeConstructs(ground, options, { started, killedAtMs });
}

async function judgeConstructs(
  ground: Ground,
  { name, runs }: ConstructRoundOptions,
  { started, killedAtMs }: { readonly started: readonly Started[]; readonly killedAtMs: number },
): Promise<Verdict> {
  const judge = new Judge();
  const accepted = started.flatMap((one) => one.accepted);
  const workflowIds = started.flatMap((one) => one.workflowIds);
  const rows = await ended(ground.databaseUrl, workflowIds, RECOVERY_MS);
  const recoveredMs = Date.now() - killedAtMs;
  const known = new Map(rows.map((row) => [row.runId, row]));
  const effects: Effects[] = [];
  for (const run of accepted) effects.push(await judgeRun(ground, judge, { run, row: known.get(run.runId) }));
  const total = (what: (one: Effects) => number): number => effects.reduce((sum, one) => sum + what(one), 0);
  const called = runs * CONSTRUCTS.reduce((sum, one) => sum + one.calls, 0);
  const ours = new Set(accepted.map((one) => one.runId));
  const others = rows.filter(({ runId }) => !ours.has(runId));
  judge.equal(ours.size, accepted.length, 'accepted runs');
  judge.equal(others.filter(({ status }) => status === 'succeeded').length, called, 'called runs that succeeded');
  judge.equal(rows.length, accepted.length + called, 'runs in the history');
  return {
    name,
    counts: {
      accepted: accepted.length,
      'ended as expected': accepted.filter(({ construct, runId }) => isExpected(construct, known.get(runId))).length,
      called,
      effects: total((one) => one.keys),
      requests: total((one) => one.requests),
      // Without those that a retry policy asks for.
      repeats: total((one) => one.requests) - accepted.reduce((sum, { construct }) => sum + construct.requests, 0),
      'seconds until all ended': Math.round(recoveredMs / 1000),
    },
    violations: judge.violations,
  };
}

function isExpected({ end }: Construct, row: RunRow | undefined): boolean {
  return row?.status === end.status && row.code === end.code;
}

async function judgeRun(
  ground: Ground,
  judge: Judge,
  { run, row }: { readonly run: Accepted; readonly row: RunRow | undefined },
): Promise<Effects> {
  const { construct, path, runId } = run;
  const own = new Judge();
  own.equal({ status: row?.status, code: row?.code }, construct.end, 'how it ended');
  const records = await ground.echo.records(`${path}/`);
  const keys = new Map(records.toReversed().map((one) => [one.path.slice(path.length), one.key ?? 'no key']));
  const wanted = construct.effects((at) => keys.get(at));
  const effects = judgeEffects(own, records, wanted.length);
  own.expect(effects.requests >= construct.requests, `${effects.requests} requests instead of ${construct.requests} at least`);
  const came = turns(records).map((at) => at.slice(path.length));
  if (construct.isInOrder) own.equal(came, wanted, 'effects in their order');
  else own.equal([...new Set(came)].toSorted(), wanted.toSorted(), 'effects');
  if (construct.results > 0 && row?.status === construct.end.status)
    own.equal(
      await resultsOf(ground, runId),
      wanted.slice(-construct.results).map((at) => keys.get(at)),
      'what it gave, as keys of its effects in their order',
    );
  judge.violations.push(...own.violations.map((text) => `${path} (${runId}): ${text}`));
  return effects;
}

/** The paths in the order in which the vendor's work changed from one to the next: a repeat right after counts once. */
function turns(records: readonly EchoRecord[]): readonly string[] {
  return records.flatMap((one, index) => (records[index - 1]?.path === one.path ? [] : one.path));
}

/** The keys in the answers that the last step of a run passed on. */
async function resultsOf(ground: Ground, runId: string): Promise<readonly unknown[]> {
  const { outputs } = await ground.owner.client.runs.getNodeRun({ runId, nodeId: 'end', runIndex: 0 });
  return (outputs['main']?.items ?? []).map(({ json }) => (json as { readonly body?: { readonly key?: unknown } }).body?.key);
}
