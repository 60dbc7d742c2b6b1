import { isId, UserError } from '@millwright/core';
import type { Request, RequestHandler } from 'express';
import { admitted } from './admitted.ts';
import type { AppAddress, AppJudgedDelivery, GatewayLimits, GatewayPorts } from './ports.ts';
import { deliveryOf, keepEvent, refusal, type KeptEvent } from './trigger-events.ts';

/** What services call with: they ask with GET whether we are here. */
const METHODS = ['GET', 'POST'];

function unknownAddress(): UserError {
  return new UserError('notFound', {
    code: 'webhook_unknown',
    message: 'no app has this address',
    hint: 'Copy the address again from Settings › Apps.',
  });
}

function addressOf({ method, params }: Request): AppAddress {
  const { workspaceId, connectorKey } = params;
  if (!isId('workspace', workspaceId) || typeof connectorKey !== 'string') throw unknownAddress();
  if (METHODS.includes(method)) return { workspaceId, connectorKey };
  throw new UserError('methodNotAllowed', {
    code: 'method_not_allowed',
    message: `${method} is not accepted here`,
    hint: `Send ${METHODS.join(' or ')}.`,
    details: { allow: METHODS },
  });
}

/** Keeps the run of each event of each workflow that is about it, all before the service hears of any. */
async function keepAll(ports: GatewayPorts, { events }: Extract<AppJudgedDelivery, { kind: 'events' }>): Promise<readonly KeptEvent[]> {
  const runs: KeptEvent[] = [];
  const fresh = new Set<string>();
  for (const { endpointId, event } of events) {
    const endpoint = await ports.resolve(endpointId);
    // It was published anew or switched off since it was found.
    if (endpoint?.isTrigger !== true || !endpoint.active) continue;
    const run = await keepEvent(ports, endpoint, event);
    runs.push(run);
    if (run.duplicate || fresh.has(endpointId)) continue;
    fresh.add(endpointId);
    await ports.triggers?.noteEvent(endpoint);
  }
  return runs;
}

/**
 * The handler of `/hooks/apps/:workspaceId/:connectorKey`, where a vendor sends what happens in all accounts of a client app: proof first,
 * then each event starts one run of each live workflow that is about it. A 2xx leaves when all of them are on disk; a delivery that comes
 * again, after a death in between for one, starts what is missing and nothing twice. Events of accounts to which nobody listens are taken
 * and dropped.
 */
export function appEventsHandler(ports: GatewayPorts, { maxBodyBytes }: GatewayLimits): RequestHandler {
  return admitted(ports, async ({ request, response }) => {
    const address = addressOf(request);
    const delivery = await deliveryOf(request, { publicUrl: ports.publicUrl, maxBodyBytes });
    const judged = (await ports.triggers?.judgeForApp(address, delivery)) ?? null;
    if (judged === null) throw unknownAddress();
    switch (judged.kind) {
      case 'challenge':
        response.status(200).set(judged.headers).end(judged.body);
        return;
      case 'refused':
        throw refusal(judged, 'Compare the signing secret under Settings › Apps with the one that the service shows for the app.');
      case 'events': {
        const runs = await keepAll(ports, judged);
        response.status(202).json({ runs, dropped: judged.dropped });
      }
    }
  });
}
