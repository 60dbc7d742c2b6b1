import { ConnectorError, type JsonObject } from '@millwright/core';
import type { World } from '../world.ts';

/** What a vendor says that takes no request like this one. */
export function refusal(): never {
  throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
}

/** Lets the requests of a node arrive, and refuses some of them by their parameters. */
export function refusing(world: World, nodeId: string, isRefused: (parameters: JsonObject) => boolean): void {
  world.behaviour[nodeId] = async (call) => {
    const outcome = await world.usual(call);
    return isRefused(call.parameters) ? refusal() : outcome;
  };
}
