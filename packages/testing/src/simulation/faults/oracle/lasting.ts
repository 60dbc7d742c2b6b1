import type { JsonObject } from '@millwright/core';
import type { RunRow } from '@millwright/executor/testing';
import type { Outcome, PlanNode, PlanNodeConfig, StoredDecision } from '@millwright/workflow';
import { TIMER } from './stored-run.ts';

/** Nothing happens by itself: what is stored says when a node's time was over, when it was tried again, when a wait ended, ms. */
export const NEVER_MS = 1e12;
/** A wait that outlasts everything. */
const NOT_NOW: JsonObject = { mode: 'for', amount: 3_000, unit: 'days' };

/** A node whose timers never fire by themselves. */
export function lastingNode(node: PlanNode): PlanNode {
  const retry = node.retry === null ? null : { ...node.retry, initialMs: NEVER_MS, maxMs: NEVER_MS, jitter: 0 };
  return { ...node, timeoutMs: NEVER_MS, retry };
}

/**
 * The same for what a wait waits for. One of no time at all has nothing that could fire, and one that was over in an earlier run of the chain
 * is over.
 */
export function lasting(config: PlanNodeConfig, { id, type }: PlanNode, before: readonly RunRow[]): PlanNodeConfig {
  const { parameters } = config;
  if (type !== 'core.wait' || parameters['amount'] === 0) return config;
  const rows = before.flatMap(({ attempts }) => [...attempts.values()]);
  const over = rows.filter((one) => one.nodeId === id && one.itemIndex === TIMER).map((one) => one.keyIndex ?? one.runIndex);
  const longer = Object.entries(NOT_NOW).map(([name, never]) => {
    const usual = parameters[name] ?? null;
    return [name, `{{ [${over.join(', ')}].includes($runIndex) ? ${JSON.stringify(usual)} : ${JSON.stringify(never)} }}`];
  });
  return { ...config, parameters: { ...parameters, ...Object.fromEntries(longer) } };
}

/** What fires a timer when it is its turn; undefined for what is none. */
export function turnOf({
  nodeId,
  runIndex,
  itemIndex,
  attempt,
  seq,
  finishedAtMs,
}: Outcome): (StoredDecision & { readonly seq: number }) | undefined {
  if (itemIndex !== TIMER) return undefined;
  const about = { token: `turn:${seq}`, nodeId, runIndex, itemIndex: -1, attempt, kind: 'retry' as const };
  return { ...about, decision: { now: true }, by: null, atMs: finishedAtMs, seq };
}
