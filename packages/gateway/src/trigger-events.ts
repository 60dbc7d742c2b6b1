import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import type { Request, Response } from 'express';
import { overCapacity } from './admission.ts';
import { headerFor } from './delivery.ts';
import type { GatewayPorts, JudgedDelivery, ResolvedEndpoint, RunStart } from './ports.ts';
import { readBody } from './read-request.ts';

/** One thing that happened at a service. */
export interface TriggerEvent {
  /** The same for the same event of an endpoint, however often and in whatever way it comes. */
  readonly id: string;
  readonly data: JsonValue;
}

/** Everything that the run of an event starts with; the same event gives the same run. Large data is stored first. */
export async function startOfEvent(
  ports: Pick<GatewayPorts, 'clock' | 'skeleton' | 'store'>,
  endpoint: ResolvedEndpoint,
  { id, data }: TriggerEvent,
): Promise<RunStart> {
  const header = headerFor(endpoint, id, ports.clock.nowMs());
  const skeleton = await ports.skeleton(endpoint.workspaceId, endpoint.planHash);
  const item = { json: isJsonObject(data) ? data : { value: data } };
  return { header, skeleton, trigger: await ports.store(header, `${endpoint.nodeId}:0:main`, [item]) };
}

/** A service's call on its way through. */
interface ServiceCall {
  readonly ports: GatewayPorts;
  readonly endpoint: ResolvedEndpoint;
  readonly response: Response;
  readonly maxBodyBytes: number;
}

function refusal({ code, reason }: Extract<JudgedDelivery, { kind: 'refused' }>): UserError {
  return new UserError(code === 'delivery_unreadable' ? 'invalid' : 'unauthenticated', {
    code,
    message: `this delivery is not taken: ${reason}`,
    hint: 'Publish the workflow again if the service still signs with an earlier secret.',
  });
}

/** Runs of events, each kept on disk before the service hears of it. */
async function keepEvents({ ports, endpoint }: ServiceCall, events: readonly TriggerEvent[]) {
  const runs: { readonly runId: string; readonly duplicate: boolean }[] = [];
  for (const event of events) {
    const { delivery } = headerFor(endpoint, event.id, ports.clock.nowMs());
    const known = await ports.deliveries.find(endpoint, delivery?.hash ?? '');
    if (known !== null) {
      runs.push({ runId: known.runId, duplicate: true });
      continue;
    }
    // What was kept so far is known when the service sends all of it again.
    if (!ports.backlog.hasRoom(endpoint.workspaceId)) throw overCapacity();
    runs.push({ runId: await ports.backlog.keep(await startOfEvent(ports, endpoint, event)), duplicate: false });
  }
  return runs;
}

/**
 * Takes what a service delivers to the trigger of a connector: proof first, then each event of it starts one run.
 * @throws UserError `delivery_forged`, `delivery_late`, `delivery_unreadable`, `over_capacity`
 */
export async function receiveEvents(request: Request, call: ServiceCall): Promise<void> {
  const { ports, endpoint, response } = call;
  const body = await readBody(request, call.maxBodyBytes);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  const delivery = {
    method: request.method,
    url: `${ports.publicUrl}${request.originalUrl}`,
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
    body,
  };
  const judged: JudgedDelivery =
    ports.triggers === undefined
      ? { kind: 'refused', code: 'delivery_forged', reason: 'nothing here knows the service' }
      : await ports.triggers.judge(endpoint, delivery);
  switch (judged.kind) {
    case 'challenge':
      response.status(200).set(judged.headers).end(judged.body);
      return;
    case 'refused':
      throw refusal(judged);
    case 'events': {
      const runs = await keepEvents(call, judged.events);
      if (runs.some(({ duplicate }) => !duplicate)) await ports.triggers?.noteEvent(endpoint);
      response.status(202).json({ runs });
    }
  }
}
