import type { Edge, Item } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { api } from '../../../api/client.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { EditorSession } from '../../core/session.ts';
import { type StepOverlay, stepIn } from '../../core/state/overlay-store.ts';
import { useEditor } from '../../session-context.ts';

/** Where the items of a line are kept: of what a step gave, or, inside of a container, of what a step got. */
interface Place {
  readonly nodeId: string;
  readonly side: 'inputs' | 'outputs';
  readonly port: string;
}

/** A container gives its inside what the steps there got: that is no output of its own. */
function placeOf({ draft }: EditorSession, { from, to, output, input }: Edge): Place {
  const isInto = findNode(draft.document(), to)?.parent === from;
  return isInto ? { nodeId: to, side: 'inputs', port: input } : { nodeId: from, side: 'outputs', port: output };
}

/** The first activation in which something was there. */
function firstPass(overlay: StepOverlay | undefined, { side, port }: Place): number | undefined {
  const counts = side === 'inputs' ? 'inputCounts' : 'outputCounts';
  return overlay?.runs.find((run) => (run[counts][port] ?? 0) > 0)?.runIndex;
}

/**
 * The first item that went over a line: in the run that is shown, else in the latest one of the draft's workflow. Asked for when
 * it is called, and kept like everything that was read. Undefined: none, or not there yet.
 */
export function useFirstItem(edge: Edge): Item | undefined {
  const session = useEditor();
  const { workflowId, overlay, comparison } = session;
  const place = placeOf(session, edge);
  const { runId, steps } = useStore(overlay);
  const runIndex = useStore(overlay, (state) => firstPass(stepIn(state, place.nodeId), place));
  const ofRun = useQuery({
    queryKey: ['runs', 'first-item', runId, place.nodeId, runIndex],
    queryFn: ({ signal }) =>
      api.runs.getNodeRun({ runId: runId ?? '', nodeId: place.nodeId, runIndex: runIndex ?? 0, itemLimit: 1 }, { signal }),
    enabled: runId !== null && runIndex !== undefined,
  });
  const latest = useQuery({
    queryKey: ['samples', workflowId],
    queryFn: ({ signal }) => api.workflows.samples({ workflowId }, { signal }),
    enabled: steps === null && comparison === undefined,
  });
  if (steps !== null) return ofRun.data?.[place.side][place.port]?.items[0];
  return comparison === undefined ? latest.data?.nodes[edge.from]?.outputs[edge.output]?.[0] : undefined;
}
