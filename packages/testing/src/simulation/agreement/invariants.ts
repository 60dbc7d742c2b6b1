import type { Command, EngineEvent } from '@millwright/engine/advance';
import type { PlanSkeleton, RunState } from '@millwright/workflow';

/** One event, with what the engine made of it. */
export interface Advanced {
  readonly skeleton: PlanSkeleton;
  readonly before: RunState | null;
  readonly event: EngineEvent;
  readonly state: RunState;
  readonly commands: readonly Command[];
}

/** What holds after every event, whatever came before. */
export function checkAdvanced({ before, event, state, commands }: Advanced, wrong: (what: string) => void): void {
  const after = `after ${event.type}${'nodeId' in event ? ` of ${event.nodeId}` : ''}`;
  if (before?.ended !== undefined && JSON.stringify(state.ended) !== JSON.stringify(before.ended))
    wrong(`${after} a run that had ended ends as something else`);
  if (before?.ended !== undefined && commands.length > 0) wrong(`${after} a run that had ended does something`);
  if (state.ended === undefined && state.active.length === 0) wrong(`${after} the run neither ends nor waits for anything`);
  const isMoving = state.active.some((one) => one.status === 'running' || (one.status === 'waiting' && one.waitsFor !== undefined));
  if (state.ended === undefined && !isMoving) wrong(`${after} nothing runs, and nothing says what it waits for`);
  if (state.ended !== undefined && (state.active.length > 0 || state.scopes !== undefined || state.remembered !== undefined))
    wrong(`${after} a run that has ended leaves something open`);
  const keys = state.active.map((one) => `${one.nodeId}:${one.runIndex}`);
  if (new Set(keys).size !== keys.length) wrong(`${after} a node run is active twice`);
  const open = new Set(state.scopes?.map((one) => one.id));
  for (const { nodeId, scope } of state.active)
    if (scope !== undefined && !open.has(scope)) wrong(`${after} ${nodeId} runs in ${scope}, which is not open`);
  const seqs = 'seq' in event && event.seq !== undefined;
  if (before !== null && seqs && before.ended === undefined && state.seq !== before.seq + 1)
    wrong(`${after} the number of outcomes is off`);
}

/** A state is small data: what is written down and read again is the same. */
export function checkRoundTrip(state: RunState, wrong: (what: string) => void): void {
  const text = JSON.stringify(state);
  if (JSON.stringify(JSON.parse(text)) !== text) wrong('a state is not its own JSON round trip');
}
