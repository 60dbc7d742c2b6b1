import { durationMs, type PollState } from '@millwright/connector-runtime';
import { InvariantError, isJsonObject, type JsonValue } from '@millwright/core';
import type { triggerHosting } from '@millwright/db';
import { startOfEvent, type ResolvedEndpoint, type RunStart } from '@millwright/gateway';
import { boundTrigger } from './bound-trigger.ts';
import { credentialOf, eventIdOf, type TriggerParts } from './trigger-parts.ts';

/** What a poll came to, to be stored together. */
export interface Polled {
  readonly outcome: triggerHosting.BindingOutcome;
  readonly starts: readonly RunStart[];
}

/** Where a poll begins: with nothing seen, so that all is new, or by noting what is there. */
function stateOf({ pollState, takesAll }: triggerHosting.ClaimedBinding): PollState | null {
  if (!isJsonObject(pollState)) return takesAll ? { cursor: null, seen: [] } : null;
  const { cursor, seen } = pollState;
  return { cursor: typeof cursor === 'string' ? cursor : null, seen: Array.isArray(seen) ? seen.map(String) : [] };
}

/** The binding as the gateway knows what a request comes to. */
function endpointOf(binding: triggerHosting.ClaimedBinding): ResolvedEndpoint {
  const { endpointId, workspaceId, workflowId, workflowName, versionId, planHash, nodeId } = binding;
  return {
    endpointId,
    workspaceId,
    workflowId,
    workflowName,
    versionId,
    planHash,
    nodeId,
    answer: 'now',
    endStatus: 200,
    methods: [],
    save: binding.workflowSettings.save,
    active: true,
  };
}

/** Asks a service what is new. Nothing is stored but large data. @throws ConnectorError, UserError */
export async function pollService(
  { runners, connectors, starts }: TriggerParts,
  binding: triggerHosting.ClaimedBinding,
  signal: AbortSignal,
): Promise<Polled> {
  const { connector, trigger, input } = boundTrigger(runners, binding);
  const { poll } = trigger;
  if (poll === undefined) throw new InvariantError({ code: 'poll_missing', message: `${binding.triggerKey} cannot be polled` });
  const credential = credentialOf(binding.workspaceId, binding, binding.versionId);
  const { events, state } = await connectors.poll({ connector, poll, credential, input, state: stateOf(binding), signal });
  const endpoint = endpointOf(binding);
  const begun: RunStart[] = [];
  for (const { id, data } of events) begun.push(await startOfEvent(starts, endpoint, { id: eventIdOf(binding, id), data }));
  const pollState = state as unknown as JsonValue;
  return { outcome: { status: 'listening', nextInMs: durationMs(poll.every), pollState, hasPolled: true }, starts: begun };
}
