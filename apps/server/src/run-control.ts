import type { RunControl } from '@millwright/api';
import type { GatewayPorts } from '@millwright/gateway';
import type { RunEngine } from './run-engine.ts';

/** What the API does with runs beyond their rows: starts that repeat a run or go on with one, wake-ups and ends in Temporal. */
export function createRunControl(ports: GatewayPorts, engine: RunEngine): RunControl {
  return {
    start: async (header, items) => {
      const skeleton = await ports.skeleton(header.workspaceId, header.planHash);
      const trigger = await ports.store(header, `${header.triggerNodeId}:0:main`, items);
      return ports.starter.start({ header, skeleton, trigger });
    },
    store: (header, id, items) => ports.store(header, id, items),
    wake: (runId) => engine.wake(runId),
    terminate: (runId, reason) => engine.terminate(runId, reason),
  };
}
