import { canonicalJson } from '@millwright/core';
import type { DataRef } from '@millwright/workflow';
import type { ModelItem } from '../../model/items.ts';
import { RunModel } from '../../model/run-model.ts';
import type { ModelNodeRun } from '../../model/state.ts';
import { plain } from '../behaviour.ts';
import { planOf } from '../plan-of.ts';
import type { Scenario } from '../scenario.ts';
import { SimRun } from './sim-run.ts';

/** What is wrong where the engine and the model do not agree, or an invariant does not hold; empty: nothing. */
export async function disagreements(scenario: Scenario, chance: number = scenario.seed): Promise<readonly string[]> {
  const sim = new SimRun(planOf(scenario.document), scenario, chance);
  try {
    await sim.play();
  } catch (thrown) {
    return [...sim.wrong, ...sim.engine.wrong, thrown instanceof Error ? thrown.message : String(thrown)];
  }
  const wrong = [...sim.wrong, ...sim.engine.wrong];
  const model = new RunModel(scenario);
  try {
    for (const one of sim.engine.happened) {
      if (model.end !== null) throw new Error(`the model has ended (${model.end.status}), the engine goes on`);
      if ('canceled' in one) model.cancel();
      else model.finish(one.over, one.code);
    }
  } catch (thrown) {
    return [...wrong, thrown instanceof Error ? thrown.message : String(thrown)];
  }
  return [...wrong, ...compareEnds(sim, model), ...compareRuns(sim, model), ...compareOrder(sim, model)];
}

function compareEnds({ row: { end } }: SimRun, model: RunModel): readonly string[] {
  if (end === null) return ['the run has not ended'];
  if (model.end === null) return [`the run has ended (${end.status}), the model goes on with ${model.underWay.map(({ id }) => id).join()}`];
  if (end.status !== model.end.status) return [`the run is ${end.status}, the model ${model.end.status}`];
  const { error } = model.end;
  if (error === undefined) return [];
  const isSame = error.nodeId === end.error?.nodeId && error.codes.includes(end.error.code);
  return isSame
    ? []
    : [`the run failed with ${end.error?.code} at ${end.error?.nodeId}, the model with ${error.codes.join('|')} at ${error.nodeId}`];
}

function compareRuns(sim: SimRun, model: RunModel): readonly string[] {
  const wrong: string[] = [];
  const byId = new Map(model.nodeRuns.map((run) => [run.id, run]));
  for (const seen of sim.engine.runs.values()) {
    const run = byId.get(seen.id);
    byId.delete(seen.id);
    if (run === undefined) {
      wrong.push(`${seen.id} (${seen.nodeId}:${seen.runIndex}) ran without cause`);
      continue;
    }
    if (run.status !== seen.status) wrong.push(`${seen.id} is ${seen.status}, in the model ${run.status}`);
    else if (seen.status === 'succeeded' || seen.status === 'skipped' || seen.status === 'failed')
      wrong.push(...compareItems(sim, seen, run));
  }
  for (const run of byId.values()) wrong.push(`${run.id} is ${run.status} in the model only`);
  return wrong;
}

function compareItems(
  sim: SimRun,
  seen: { readonly id: string; readonly nodeId: string; readonly runIndex: number; readonly attempts: number },
  run: ModelNodeRun,
): readonly string[] {
  const record = sim.row.nodeRuns.get(`${seen.nodeId}:${seen.runIndex}`);
  if (record === undefined) return [`${seen.id} was not stored`];
  const wrong: string[] = [];
  if (run.attempts !== seen.attempts && seen.nodeId !== 't')
    wrong.push(`${seen.id} was tried ${seen.attempts} times, in the model ${run.attempts}`);
  const ports = new Set([...Object.keys(record.outputs), ...Object.keys(run.outputs)]);
  for (const port of ports) {
    const [got, expected] = [textOf(sim, record.outputs[port]), textOfModel(run.outputs[port] ?? [])];
    if (got !== expected) wrong.push(`${seen.id} gave ${port} ${got}, in the model ${expected}`);
  }
  return wrong;
}

/** Long lists are kept as blobs. */
function textOf({ blobs }: SimRun, ref: DataRef | undefined): string {
  const items = ref?.inline ?? blobs.stored.get(ref?.blobId ?? '') ?? [];
  return canonicalJson(items.map(({ json }) => plain(json)));
}

function textOfModel(items: readonly ModelItem[]): string {
  return canonicalJson(items.map(({ json }) => plain(json)));
}

function compareOrder(sim: SimRun, model: RunModel): readonly string[] {
  if (!model.graph.isSequential) return [];
  const seen = sim.engine.begun.join(' ');
  const expected = model.begun.join(' ');
  return seen === expected ? [] : [`they began as ${seen}, in the model as ${expected}`];
}
