import { useStoreApi } from '@xyflow/react';
import { type MouseEvent, useCallback, useEffect, useRef } from 'react';
import type { FlowEdge, FlowNode } from '../flow-model.ts';

/**
 * The two handles with which the ends of a line are redrawn: only the line that was last under the pointer has them. With all lines
 * having them, every frame of a drag styled and laid out two circles more for each line. They go to the library directly, since
 * through the properties of the canvas every line would be compared for each line that the pointer comes to.
 * @returns what to do when the pointer comes to a line
 */
export function useRedrawable(edges: readonly FlowEdge[]): (event: MouseEvent, edge: FlowEdge) => void {
  const store = useStoreApi<FlowNode, FlowEdge>();
  const last = useRef<string | null>(null);
  const put = useCallback(
    (id: string, reconnectable: boolean) => {
      const { edgeLookup } = store.getState();
      const edge = edgeLookup.get(id);
      if (edge === undefined || edge.data?.isProxy === true || edge.reconnectable === reconnectable) return;
      edgeLookup.set(id, { ...edge, reconnectable });
      store.setState({ edgeLookup });
    },
    [store],
  );
  // A change of the document gives the library its lines anew.
  useEffect(() => {
    if (last.current !== null) put(last.current, true);
  }, [edges, put]);
  return useCallback(
    (_event, { id }) => {
      if (last.current !== null && last.current !== id) put(last.current, false);
      last.current = id;
      put(id, true);
    },
    [put],
  );
}
