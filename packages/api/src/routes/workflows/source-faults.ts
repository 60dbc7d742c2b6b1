import type { Problem, WorkflowDocument } from '@millwright/workflow';
import type { ApiPorts } from '../../deps.ts';

/** Faults in the sources of a draft's node types, at each node of such a type: only where sources are followed. */
export function sourceFaults({ nodes }: WorkflowDocument, nodeFaults: ApiPorts['nodeFaults']): readonly Problem[] {
  if (nodeFaults === undefined) return [];
  return nodes.flatMap(({ id, type }) =>
    nodeFaults(type).map(({ text, place, source }): Problem => ({
      code: 'node_source_fault',
      level: 'error',
      nodeId: id,
      text: `${place}: ${text}`,
      hint: source === '' ? 'Change the file and save it: it is loaded anew.' : `The line: ${source}`,
      values: { place, message: text, source },
    })),
  );
}
