import { advance, type EngineEvent } from '../../../packages/engine/src/advance/index.ts';
import type { DataRef, PlanNode, PlanSkeleton, RunState } from '../../../packages/workflow/src/index.ts';

/** Runs a plan by events alone, each node giving one item at its first port, a filter at its second. @returns events, and how it ended */
export function drive(skeleton: PlanSkeleton): { readonly events: number; readonly status: string | undefined } {
  const nodes = new Map(skeleton.nodes.map((node) => [node.id, node]));
  const [trigger] = skeleton.nodes;
  const queue: EngineEvent[] = [
    { type: 'started', nodeId: trigger?.id ?? '', ref: refOf(trigger?.id ?? '', 'main'), timeMs: 1, startedAtMs: 1 },
  ];
  let state: RunState | null = null;
  let events = 0;
  for (; events < queue.length; events++) {
    const event = queue[events];
    if (event === undefined) break;
    const next: ReturnType<typeof advance> = advance(skeleton, state, event);
    state = next.state;
    for (const command of next.commands) {
      const node = command.type === 'run' ? nodes.get(command.activation.nodeId) : undefined;
      if (node === undefined || command.type !== 'run') continue;
      const port = portOf(node);
      const { nodeId, runIndex } = command.activation;
      queue.push({ type: 'completed', nodeId, runIndex, outputs: { [port]: refOf(nodeId, port) } });
    }
  }
  return { events, status: state?.ended?.status };
}

function portOf({ type, outputs }: PlanNode): string {
  return type === 'core.filter' ? 'discarded' : (Object.keys(outputs)[0] ?? 'main');
}

function refOf(nodeId: string, port: string): DataRef {
  return { id: `${nodeId}:0:${port}`, count: 1, sizeBytes: 0 };
}
