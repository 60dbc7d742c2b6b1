import type { EndReason, NodeRunStatus, RunError, SkipReason, WaitsFor } from '@millwright/workflow';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** One activation of a step in a run, as the server tells it. */
export interface StepRun {
  readonly nodeId: string;
  readonly runIndex: number;
  readonly status: NodeRunStatus;
  readonly reason: EndReason | SkipReason | null;
  readonly waitsFor: WaitsFor | null;
  readonly error: RunError | null;
  readonly attempts: number;
  /** Items of a container: how many are done. */
  readonly progress?: { readonly done: number; readonly failed: number; readonly total: number } | undefined;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Items by port. */
  readonly inputCounts: Readonly<Record<string, number>>;
  readonly outputCounts: Readonly<Record<string, number>>;
}

/** What a card shows of a run: all activations of its step, by run index. */
export interface StepOverlay {
  readonly runs: readonly StepRun[];
  /** The activation that decides how the card looks: the last one. */
  readonly last: StepRun;
  /** Items that left by port, over all activations. */
  readonly outputCounts: Readonly<Record<string, number>>;
}

/** Run data on the canvas, keyed by step, so that one event re-renders one card. */
export interface OverlayState {
  /** Null: nothing ran here, the canvas shows the draft. */
  readonly steps: ReadonlyMap<string, StepOverlay> | null;
  /** The run is paused: what has begun and is not waiting for anything else stands still with it. */
  readonly isPaused: boolean;
  /** Whose data it is; null: nothing ran here. */
  readonly runId: string | null;
}

/** The store of {@link OverlayState}. */
export type OverlayStore = StoreApi<OverlayState>;

/** A store without run data. @param runId the run that it is for; null: none */
export function createOverlayStore(runId: string | null = null): OverlayStore {
  return createStore<OverlayState>(() => ({ steps: null, isPaused: false, runId }));
}

function addCounts(total: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [port, count] of Object.entries(counts)) total[port] = (total[port] ?? 0) + count;
}

function merge(overlay: StepOverlay | undefined, changed: readonly StepRun[]): StepOverlay | undefined {
  const byIndex = new Map((overlay?.runs ?? []).map((run) => [run.runIndex, run]));
  for (const run of changed) byIndex.set(run.runIndex, run);
  const runs = [...byIndex.values()].toSorted((a, b) => a.runIndex - b.runIndex);
  const last = runs.at(-1);
  if (!last) return overlay;
  const outputCounts: Record<string, number> = {};
  for (const run of runs) addCounts(outputCounts, run.outputCounts);
  return { runs, last, outputCounts };
}

function heldRun(run: StepRun): StepRun {
  return run.status === 'running' ? { ...run, status: 'waiting', waitsFor: { kind: 'pause' } } : run;
}

const held = new WeakMap<StepOverlay, StepOverlay>();

/** A step as people see it: in a paused run nothing is called running. The same answer for the same step and state. */
export function stepIn({ steps, isPaused }: OverlayState, nodeId: string): StepOverlay | undefined {
  const overlay = steps?.get(nodeId);
  if (!overlay || !isPaused) return overlay;
  const known = held.get(overlay) ?? { ...overlay, runs: overlay.runs.map(heldRun), last: heldRun(overlay.last) };
  held.set(overlay, known);
  return known;
}

/** Takes node runs that changed; steps that did not change keep their identity. */
export function takeStepRuns(store: OverlayStore, changed: readonly StepRun[]): void {
  const steps = new Map(store.getState().steps ?? []);
  for (const [nodeId, runs] of Map.groupBy(changed, (run) => run.nodeId)) {
    const next = merge(steps.get(nodeId), runs);
    if (next) steps.set(nodeId, next);
  }
  store.setState({ steps });
}
