import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import type { Request, Response } from 'express';
import { overCapacity } from './admission.ts';
import { headerFor } from './delivery.ts';
import type { GatewayPorts, JudgedDelivery, ResolvedEndpoint, RunStart, ServiceDelivery } from './ports.ts';
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

/** Says that a delivery is not taken, and why. @param hint what to do where its proof is at fault */
export function refusal({ code, reason }: Extract<JudgedDelivery, { kind: 'refused' }>, hint: string): UserError {
  return new UserError(code === 'delivery_unreadable' ? 'invalid' : 'unauthenticated', {
    code,
    message: `this delivery is not taken: ${reason}`,
    hint,
  });
}

/** The run of an event. */
export interface KeptEvent {
  readonly runId: string;
  /** It was kept before: nothing new is started. */
  readonly duplicate: boolean;
}

/** Keeps the run of an event on disk; one that was kept before stays as it is. @throws UserError `over_capacity`: what was kept so far is known when all of it comes again */
export async function keepEvent(ports: GatewayPorts, endpoint: ResolvedEndpoint, event: TriggerEvent): Promise<KeptEvent> {
  const { delivery } = headerFor(endpoint, event.id, ports.clock.nowMs());
  const known = await ports.deliveries.find(endpoint, delivery?.hash ?? '');
  if (known !== null) return { runId: known.runId, duplicate: true };
  if (!ports.backlog.hasRoom(endpoint.workspaceId)) throw overCapacity();
  return { runId: await ports.backlog.keep(await startOfEvent(ports, endpoint, event)), duplicate: false };
}

/** A service's request as it came. @throws UserError as `readBody` */
export async function deliveryOf(request: Request, { publicUrl, maxBodyBytes }: DeliveryBounds): Promise<ServiceDelivery> {
  const body = await readBody(request, maxBodyBytes);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: request.method,
    url: `${publicUrl}${request.originalUrl}`,
    headers: Object.fromEntries(headers) as Readonly<Record<string, string>>,
    body,
  };
}

interface DeliveryBounds {
  readonly publicUrl: string;
  readonly maxBodyBytes: number;
}

/**
 * Takes what a service delivers to the trigger of a connector: proof first, then each event of it starts one run, kept on disk before the
 * service hears of it.
 * @throws UserError `delivery_forged`, `delivery_late`, `delivery_unreadable`, `over_capacity`
 */
export async function receiveEvents(request: Request, { ports, endpoint, response, maxBodyBytes }: ServiceCall): Promise<void> {
  const delivery = await deliveryOf(request, { publicUrl: ports.publicUrl, maxBodyBytes });
  const judged: JudgedDelivery =
    ports.triggers === undefined
      ? { kind: 'refused', code: 'delivery_forged', reason: 'nothing here knows the service' }
      : await ports.triggers.judge(endpoint, delivery);
  switch (judged.kind) {
    case 'challenge':
      response.status(200).set(judged.headers).end(judged.body);
      return;
    case 'refused':
      throw refusal(judged, 'Publish the workflow again if the service still signs with an earlier secret.');
    case 'events': {
      const runs: KeptEvent[] = [];
      for (const event of judged.events) runs.push(await keepEvent(ports, endpoint, event));
      if (runs.some(({ duplicate }) => !duplicate)) await ports.triggers?.noteEvent(endpoint);
      response.status(202).json({ runs });
    }
  }
}
