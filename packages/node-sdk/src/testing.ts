import { InvariantError, type JsonObject } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import type { CodePort } from './code.ts';
import type { ConnectorPort } from './connector/connector.ts';
import type { ActionDefinition } from './definition.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
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
