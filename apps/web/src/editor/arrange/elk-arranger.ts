import workerAddress from 'elkjs/lib/elk-worker.min.js?url';
import type { TidyGraph } from '../core/graph/arrange/tidy-graph.ts';
import type { Arranger } from '../core/session.ts';

/** Fails when the worker cannot be loaded or dies: the library itself would wait for ever. */
function failureOf(worker: Worker): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(`the worker that arranges failed: ${event.message}`)));
    worker.addEventListener('messageerror', () => reject(new Error('the worker that arranges gave an answer that cannot be read')));
  });
}

/**
 * Arranges by ELK's layered algorithm in a worker of its own. Library and worker are files of their own, unchanged, and fetched only
 * when somebody tidies up. `stop` ends the worker whatever it is doing.
 */
export function createElkArranger(): Arranger {
  let worker: Worker | null = null;
  let isStopped = false;
  const begin = async () => {
    const { default: Elk } = await import('elkjs/lib/elk-api.js');
    if (isStopped) throw new Error('canceled');
    const made = new Worker(workerAddress);
    worker = made;
    return { elk: new Elk({ algorithms: ['layered'], workerFactory: () => made }), failure: failureOf(made) };
  };
  let started: ReturnType<typeof begin> | null = null;
  return {
    arrange: async (graph: TidyGraph) => {
      started ??= begin();
      const { elk, failure } = await started;
      const given = { ...graph, children: [...graph.children], edges: [...graph.edges] };
      const { children = [] } = await Promise.race([elk.layout(given as unknown as Parameters<typeof elk.layout>[0]), failure]);
      return new Map(children.map((shape) => [shape.id, { x: shape.x ?? 0, y: shape.y ?? 0 }]));
    },
    stop: () => {
      isStopped = true;
      worker?.terminate();
    },
  };
}
