import { durationMs, type PollState, type TriggerEvent } from '@millwright/connector-runtime';
import { InvariantError, isJsonObject, type JsonValue } from '@millwright/core';
import type { triggerHosting } from '@millwright/db';
import { startOfEvent, type ResolvedEndpoint, type RunStart } from '@millwright/gateway';
import { boundTrigger } from './bound-trigger.ts';
import { invocationOf } from './poll-ports.ts';
import { credentialOf, eventIdOf, type TriggerParts } from './trigger-parts.ts';

/** What a poll came to, to be stored together. */
export interface Polled {
  readonly outcome: triggerHosting.BindingOutcome;
  readonly starts: readonly RunStart[];
  /** The service can say when something comes; the state to listen from. */
  readonly watchFrom?: JsonValue;
}

/** What a service said. */
interface Answer {
  readonly events: readonly TriggerEvent[];
  readonly state: JsonValue;
  readonly nextInMs: number;
  readonly canWatch?: boolean;
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

async function askDeclared(
  { runners, connectors }: TriggerParts,
  binding: triggerHosting.ClaimedBinding,
  signal: AbortSignal,
): Promise<Answer> {
  const { connector, trigger, input } = boundTrigger(runners, binding);
  const { poll } = trigger;
  if (poll === undefined) throw new InvariantError({ code: 'poll_missing', message: `${binding.triggerKey} cannot be polled` });
  const credential = credentialOf(binding.workspaceId, binding, binding.versionId);
  const { events, state } = await connectors.poll({ connector, poll, credential, input, state: stateOf(binding), signal });
  return { events, state: state as unknown as JsonValue, nextInMs: durationMs(poll.every) };
}

/** Asks a service what is new. Nothing is stored but large data. @throws ConnectorError, UserError */
export async function pollService(parts: TriggerParts, binding: triggerHosting.ClaimedBinding, signal: AbortSignal): Promise<Polled> {
  const plain = parts.runners.polls(binding.connectorKey, binding.triggerKey);
  const asked: Promise<Answer> =
    plain === undefined
      ? askDeclared(parts, binding, signal)
      : plain.poll(invocationOf(parts, binding, { signal, state: binding.pollState }));
  const { events, state, nextInMs, canWatch } = await asked;
  const endpoint = endpointOf(binding);
  const begun: RunStart[] = [];
  for (const { id, data } of events) begun.push(await startOfEvent(parts.starts, endpoint, { id: eventIdOf(binding, id), data }));
  // What did not move is not written again.
  const moved = JSON.stringify(state) === JSON.stringify(binding.pollState) ? {} : { pollState: state };
  return {
    outcome: { status: 'listening', nextInMs, hasPolled: true, ...moved },
    starts: begun,
    ...(canWatch === true ? { watchFrom: state } : {}),
  };
}
