import type { JsonValue } from '@millwright/core';
import type { RunRow } from '@millwright/executor/testing';
import type { DataRef, NodeRunRecord } from '@millwright/workflow';
import { withoutTime } from '../answers.ts';
import { NO_END, uninterrupted, type Reference } from './reference.ts';
import { chainOf } from './stored-run.ts';
import { earlyTimers } from './timers.ts';
import type { World } from '../world.ts';

/** What must hold once everything has come to rest. */
export async function check(world: World): Promise<void> {
  for (const row of world.store.runs.values()) {
    checkRow(world, row);
    if (world.violations.length === 0) await checkEffects(world, row);
  }
}

function checkRow(world: World, row: RunRow): void {
  const { runId } = row.header;
  const { status } = world.host(runId);
  if (row.end === null) world.wrong(`${runId} has not ended, its workflow has: ${String(status)}`);
  else if (row.end.status !== status) world.wrong(`${runId} ended as ${row.end.status}, its workflow as ${String(status)}`);
  const numbers = [...row.attempts.values()]
    .map(({ seq }) => seq)
    .filter((seq) => seq > 0)
    .toSorted((a, b) => a - b);
  if (numbers.some((seq, index) => seq !== index + 1)) world.wrong(`outcomes of ${runId} are numbered ${numbers.join(' ')}`);
  const chain = [...chainOf(world.store, row.header), row];
  const keys = chain.flatMap(({ attempts }) =>
    [...attempts.values()].map((one) => `${one.nodeId}:${one.keyIndex ?? one.runIndex}:${one.itemIndex}:${one.attempt}`),
  );
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) world.wrong(`the ledger of ${runId} and the runs before it has the key ${twice} twice`);
  checkReplies(world, row);
  for (const early of earlyTimers(row, world.played(row.header.planHash))) world.wrong(`${runId}: ${early}`);
}

/** A caller is answered in one way; who was answered before the run was canceled, or given up as poisonous, may be told that besides. */
function checkReplies(world: World, { header: { runId, reply }, end }: RunRow): void {
  const told = world.replies.filter((one) => one.runId === runId).map(({ message }) => message);
  const isUncomputed = end?.status === 'canceled' || end?.error?.code === 'worker_lost';
  const answers = reply === 'respond' && isUncomputed ? told.filter(({ status }) => status < 500) : told;
  const bodies = new Set(answers.map(({ body }) => body));
  if (bodies.size > 1) world.wrong(`${runId} was answered in two ways: ${[...bodies].join(' and ')}`);
}

/** The effects are those of one uninterrupted run over the stored outcomes. */
async function checkEffects(world: World, row: RunRow): Promise<void> {
  const { header } = row;
  if (row.losses > 0) return;
  const played = world.played(header.planHash);
  const hasCalls = played.plan.skeleton.nodes.some((node) => node.effect === 'child');
  if (header.resumes !== undefined && hasCalls) return;
  const host = world.host(header.runId);
  const reference = await uninterrupted({ row, before: chainOf(world.store, header), played, items: host.items, accepted: host.accepted });
  const wrong = (what: string): void => world.wrong(`${header.runId}: ${what}`);
  // What ends a run by failing fails later in one that was paused: others got further meanwhile, or had no turn.
  const isLate = world.people.paused.has(header.runId) && row.end?.status === 'failed';
  if (isLate && reference.mismatch?.startsWith(NO_END) === true) return;
  if (reference.mismatch !== null) return wrong(`uninterrupted, ${reference.mismatch}`);
  // A cancel may come before something that would have ended it anyway.
  if (row.end?.status !== 'canceled') compareEnds(row, reference, wrong);
  compareNodeRuns(row, reference, { isLate, wrong });
  compareRequests(world, row, { reference, wrong });
}

function compareEnds(row: RunRow, { end }: Reference, wrong: (what: string) => void): void {
  const of = (one: RunRow['end']): string => JSON.stringify([one?.status, one?.reason, one?.error?.code, one?.error?.nodeId]);
  if (of(row.end) !== of(end)) wrong(`it ended as ${of(row.end)}, uninterrupted as ${of(end)}`);
}

function compareNodeRuns(
  row: RunRow,
  { nodeRuns }: Reference,
  { isLate, wrong }: { readonly isLate: boolean; readonly wrong: (what: string) => void },
): void {
  // A person, or the run's time: what is pure had its turn up to there or not, and in a paused run it had none.
  const isCut = row.end?.status === 'canceled' || row.end?.reason === 'timeout';
  const names = isCut ? [...row.nodeRuns.keys()] : [...new Set([...row.nodeRuns.keys(), ...nodeRuns.keys()])];
  for (const name of names) {
    const one = row.nodeRuns.get(name);
    if (isCut && one?.status !== 'succeeded' && one?.status !== 'failed') continue;
    const other = nodeRuns.get(name);
    if (isLate && [one, other].some((either) => either === undefined || either.status === 'canceled')) continue;
    const [was, is] = [shown(one), shown(other)];
    if (was !== is) wrong(`${name} was ${was}, uninterrupted it is ${is}`);
  }
}

function shown(record: NodeRunRecord | undefined): string {
  if (record === undefined) return 'not run';
  const { status, reason, error, outputs } = record;
  return JSON.stringify([status, reason, error?.code, Object.entries(outputs).map(([port, ref]) => [port, dataOf(ref)])]);
}

function dataOf({ inline }: DataRef): JsonValue {
  return (inline ?? []).map(({ json }) => withoutTime(json));
}

function compareRequests(
  world: World,
  { header, decisions }: RunRow,
  { reference: { requests }, wrong }: { readonly reference: Reference; readonly wrong: (what: string) => void },
): void {
  const hasNewKeys = [...decisions.values()].some(({ decision }) => decision['answer'] === 'sendAgainAsNew');
  for (const { runId, nodeId, runIndex, itemIndex, key, body } of world.vendor.requests) {
    if (runId !== header.runId) continue;
    const name = `${nodeId}:${runIndex}:${itemIndex}`;
    const expected = requests.get(name);
    if (expected === undefined) wrong(`${name} was sent, uninterrupted it is not`);
    else if (plainBody(expected.body) !== plainBody(body)) wrong(`${name} was sent as ${body}, uninterrupted as ${expected.body}`);
    else if (expected.key !== key && !hasNewKeys) wrong(`${name} was sent under another key than uninterrupted`);
  }
}

function plainBody(body: string): string {
  return JSON.stringify(withoutTime(JSON.parse(body) as JsonValue));
}
