import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, publishSketch, queryRows, type Published } from '../../packages/testing/src/index.ts';
import { deliver, deliverUntilTaken, ended, freeze, kill, pidOf, RECOVERY_MS, type Ground, type Part } from './ground.ts';
import { answer, hook, write } from './sketches.ts';
import { Judge, judgeEffects, type Verdict } from './verdict.ts';

/** What a round does. */
export interface RoundOptions {
  readonly name: string;
  readonly victims: readonly Part[];
  /** They are stopped for so long and go on, instead of being killed. */
  readonly frozenMs?: number;
  /** Deliveries; a quarter of them wait for their answer. */
  readonly runs: number;
  /** How long half of them wait before their effects. */
  readonly waitSeconds: number;
}

/** One delivery, and what became of it. */
interface Delivery {
  readonly key: string;
  readonly to: Published;
  readonly isSync: boolean;
  readonly body: { readonly tag: string; readonly round: string };
  runId: string;
  /** What the caller got before or while the victims died. */
  answer: string | null;
}

/** Three kinds of runs: inside an HTTP effect with nobody waiting, the same with a caller, and one that waits before its effects. */
async function publishKinds(
  { owner, echo }: Ground,
  { name, waitSeconds }: RoundOptions,
): Promise<{ readonly now: Published; readonly sync: Published; readonly later: Published }> {
  const base = `${echo.url}/{{ $('hook').item.json.body.round }}`;
  const [first, second] = [write('first', `${base}/first`), write('second', `${base}/second`)];
  return {
    now: await publishSketch(owner, `${name} now`, { nodes: [hook('now'), first, second], edges: ['hook -> first', 'first -> second'] }),
    sync: await publishSketch(owner, `${name} sync`, {
      nodes: [hook('respond'), first, answer, second],
      edges: ['hook -> first', 'first -> answer', 'answer -> second'],
    }),
    later: await publishSketch(owner, `${name} later`, {
      nodes: [hook('now'), ['wait', 'core.wait', { amount: waitSeconds, unit: 'seconds' }], first, second],
      edges: ['hook -> wait', 'wait -> first', 'first -> second'],
    }),
  };
}

async function accept(delivery: Delivery): Promise<void> {
  const response = await deliver(delivery.to.url, delivery.key, delivery.body);
  const text = await response.text();
  if (response.status === 200 && delivery.isSync) delivery.answer = text;
  if (response.ok) delivery.runId = response.headers.get('x-millwright-run') ?? '';
  else if (!delivery.isSync) throw new Error(`a delivery was answered with ${response.status}: ${text}`);
}

/** Delivers everything; those who wait for an answer are left waiting: in an object, as a promise of a promise would wait for them. */
async function acceptAll(deliveries: readonly Delivery[]): Promise<{ readonly callers: Promise<unknown> }> {
  const callers = deliveries.filter((one) => one.isSync).map((one) => accept(one).catch(() => undefined));
  const rest = deliveries.filter((one) => !one.isSync);
  for (let from = 0; from < rest.length; from += 20) await Promise.all(rest.slice(from, from + 20).map(accept));
  return { callers: Promise.all(callers) };
}

/** Runs that wait, or whose first write is stored as started: the vendor holds it, or it queues for a socket. */
const UNDER_WAY = `
  select count(*)::int as count from runs r where workflow_id = any($1::text[])
    and (status = 'waiting' or exists (select 1 from attempts a where a.run_id = r.run_id and a.status = 'started'))`;

/** Waits until every run waits, or is inside its first effect. */
async function allUnderWay({ databaseUrl }: Ground, workflowIds: readonly string[], runs: number): Promise<void> {
  await eventually(async () => {
    const [found] = await queryRows<{ readonly count: number }>(databaseUrl, UNDER_WAY, [workflowIds]);
    return (found?.count ?? 0) >= runs;
  }, 90_000);
}

/** Every caller asks again with the key of its delivery: the same run, and the answer that it may have got already. */
async function askAgain(deliveries: readonly Delivery[], judge: Judge): Promise<number> {
  const answers = await Promise.all(
    deliveries
      .filter((one) => one.isSync)
      .map(async (one) => ({ one, again: await deliverUntilTaken(one.to.url, one.key, one.body).catch(() => null) })),
  );
  for (const { one, again } of answers) {
    if (again === null) judge.violations.push(`delivery ${one.key} got no answer after the restart`);
    else {
      judge.expect(one.runId === '' || one.runId === again.runId, `delivery ${one.key} was run twice: ${one.runId}, ${again.runId}`);
      judge.expect(
        one.answer === null || one.answer === again.text,
        `delivery ${one.key} was answered differently: ${one.answer}, ${again.text}`,
      );
      one.runId = again.runId;
    }
  }
  return answers.filter(({ again }) => again !== null).length;
}

/**
 * One round: everything is accepted and under way, the victims die, and the product is ready again.
 * @returns what waits for the runs and counts every one
 */
export async function playRound(ground: Ground, options: RoundOptions): Promise<() => Promise<Verdict>> {
  const { name, victims } = options;
  const round = name.replaceAll(' ', '-');
  const { now, sync, later } = await publishKinds(ground, options);
  const deliveries: Delivery[] = Array.from({ length: options.runs }, (_, index) => {
    const to = [now, sync, later, later][index % 4] ?? now;
    return { key: `${round}-${index}`, to, isSync: to === sync, body: { tag: `${round}-${index}`, round }, runId: '', answer: null };
  });
  await ground.echo.rule({ path: `/${round}/first`, isHeld: true });
  const { callers } = await acceptAll(deliveries);
  const workflowIds = [now, sync, later].map((one) => one.workflowId);
  await allUnderWay(ground, workflowIds, options.runs);

  await Promise.all(victims.map((part) => pidOf(ground, part)));
  const killedAtMs = Date.now();
  await Promise.all([
    options.frozenMs === undefined ? kill(ground, victims) : freeze(ground, victims, options.frozenMs),
    // Answers that come while a part is away are the hard ones.
    sleep(300).then(async () => ground.echo.release(`/${round}`)),
  ]);
  await Promise.all([callers, ground.install.ready(RECOVERY_MS)]);
  return () => judgeRound(ground, { name, round, deliveries, workflowIds, killedAtMs });
}

/** What is known of a round whose victims have died. */
interface Played {
  readonly name: string;
  /** Its name in addresses. */
  readonly round: string;
  readonly deliveries: readonly Delivery[];
  readonly workflowIds: readonly string[];
  readonly killedAtMs: number;
}

async function judgeRound(ground: Ground, { name, round, deliveries, workflowIds, killedAtMs }: Played): Promise<Verdict> {
  const judge = new Judge();
  const answered = await askAgain(deliveries, judge);
  const rows = await ended(ground.databaseUrl, workflowIds, RECOVERY_MS);
  const recoveredMs = Date.now() - killedAtMs;
  const known = new Map(rows.map((row) => [row.runId, row]));
  const accepted = new Set(deliveries.map((one) => one.runId));
  const lost = [...accepted].filter((runId) => known.get(runId)?.status !== 'succeeded');
  for (const runId of lost)
    judge.violations.push(`run ${runId} is ${known.get(runId)?.status ?? 'unknown'} (${known.get(runId)?.code ?? 'no error'})`);
  judge.equal(accepted.size, deliveries.length, 'accepted runs');
  judge.equal(rows.length, deliveries.length, 'runs in the history');
  const effects = judgeEffects(judge, await ground.echo.records(`/${round}/`), deliveries.length * 2);
  return {
    name,
    counts: {
      accepted: accepted.size,
      succeeded: rows.filter((one) => one.status === 'succeeded').length,
      lost: lost.length,
      effects: effects.keys,
      requests: effects.requests,
      repeats: effects.repeats,
      answered,
      'seconds until all ended': Math.round(recoveredMs / 1000),
    },
    violations: judge.violations,
  };
}
