import { InvariantError, type JsonObject } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import type { CodePort } from './code.ts';
import type { ConnectorPort } from './connector/connector.ts';
import type { ActionDefinition, TriggerDefinition } from './definition.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import type { PollFunctions, PollInvocation } from './polls/poll-context.ts';
import type { SocketPort } from './sockets/socket-port.ts';

export type * from './testing/bench.ts';
export * from './testing/connector-cases.ts';

/** How an action is run in a test. */
export interface ActionTrial {
  readonly parameters: JsonObject;
  /** Input items. Default: one empty item. */
  readonly items?: readonly Item[];
  /** Position of the item at hand; −1 for once per list. Default 0. */
  readonly itemIndex?: number;
  /** Answers the action's requests. Default: any request is a fault. */
  readonly http?: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
  /** Slots for which a credential was chosen. Default none. */
  readonly connected?: readonly string[];
  /** Runs declared actions. Default: there is nobody who does. */
  readonly connector?: ConnectorPort;
  /** Opens sessions with servers. Default: there is nobody who does. */
  readonly sockets?: SocketPort;
  /** Runs the action's programs. Default: it has none. */
  readonly code?: CodePort;
  /** Ms since 1970. Default 0. */
  readonly nowMs?: number;
  /** Default null. */
  readonly idempotencyKey?: string | null;
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface ActionTrialResult {
  readonly ports: Readonly<Record<string, readonly Item[]>>;
  readonly requests: readonly HttpRequest[];
}

/**
 * Runs one action once and checks each output item against its output schema.
 * @throws InvariantError `output_mismatch` when an item does not fit the schema or a port does not exist
 */
export async function runAction(action: ActionDefinition, trial: ActionTrial): Promise<ActionTrialResult> {
  const requests: HttpRequest[] = [];
  const items = trial.items ?? [{ json: {} }];
  const itemIndex = trial.itemIndex ?? 0;
  const request = async (sent: HttpRequest): Promise<HttpResponse> => {
    requests.push(sent);
    if (trial.http === undefined)
      throw new InvariantError({ code: 'unexpected_request', message: `${sent.method} ${sent.url}: the trial has no http` });
    return trial.http(sent);
  };
  const ports = await action.invoke({
    parameters: trial.parameters,
    item: itemIndex < 0 ? undefined : items[itemIndex],
    items,
    itemIndex,
    http: { request },
    connected: trial.connected ?? [],
    ...(trial.code === undefined ? {} : { code: trial.code }),
    ...(trial.connector === undefined ? {} : { connector: trial.connector }),
    ...(trial.sockets === undefined ? {} : { sockets: trial.sockets }),
    signal: trial.signal ?? new AbortController().signal,
    nowMs: trial.nowMs ?? 0,
    idempotencyKey: trial.idempotencyKey ?? null,
  });
  assertOutputs(action, ports);
  return { ports, requests };
}

function assertOutputs(action: ActionDefinition, ports: Readonly<Record<string, readonly Item[]>>): void {
  for (const [port, items] of Object.entries(ports)) {
    if (!action.info.outputs.some((output) => output.name === port)) throw mismatch(`${action.info.type} has no output port "${port}"`);
    for (const [index, item] of items.entries()) {
      const parsed = action.outputSchema.safeParse(item.json);
      if (!parsed.success)
        throw mismatch(`${action.info.type}: item ${index} of "${port}" does not fit the output schema: ${parsed.error.message}`);
    }
  }
}

function mismatch(message: string): InvariantError {
  return new InvariantError({ code: 'output_mismatch', message });
}

/** How a polled trigger is asked in a test. */
export interface PollTrial extends Pick<ActionTrial, 'parameters' | 'http' | 'sockets' | 'nowMs' | 'signal'> {
  /** What the last poll left. Default: there was none. */
  readonly state?: JsonObject | null;
  /** Default false. */
  readonly takesAll?: boolean;
}

function pollsOf({ polls, info }: TriggerDefinition): PollFunctions {
  if (polls === undefined) throw new InvariantError({ code: 'poll_missing', message: `${info.type} is not polled` });
  return polls;
}

function invocationOf(trial: PollTrial): PollInvocation {
  const { parameters, state = null, takesAll = false, http, sockets, nowMs = 0, signal = new AbortController().signal } = trial;
  const request = async (sent: HttpRequest): Promise<HttpResponse> => {
    if (http === undefined)
      throw new InvariantError({ code: 'unexpected_request', message: `${sent.method} ${sent.url}: the trial has no http` });
    return http(sent);
  };
  return { parameters, state, takesAll, http: { request }, ...(sockets === undefined ? {} : { sockets }), nowMs, signal };
}

/**
 * Asks a polled trigger once and checks what came against its output schema. The state goes through JSON, as it does in the product.
 * @throws InvariantError `output_mismatch`, `poll_missing`
 */
export async function runPoll(trigger: TriggerDefinition, trial: PollTrial): Promise<Awaited<ReturnType<PollFunctions['poll']>>> {
  const answer = await pollsOf(trigger).poll(invocationOf(trial));
  for (const { id, data } of answer.events) {
    const parsed = trigger.outputSchema.safeParse(data);
    if (!parsed.success) throw mismatch(`${trigger.info.type}: event ${id} does not fit the output schema: ${parsed.error.message}`);
  }
  return { ...answer, state: JSON.parse(JSON.stringify(answer.state)) as JsonObject };
}

/** Listens as a polled trigger does; ends when it heard something, or by the trial's signal. @throws InvariantError `poll_missing` */
export async function runWatch(trigger: TriggerDefinition, trial: PollTrial): Promise<void> {
  await pollsOf(trigger).watch?.(invocationOf(trial));
}
