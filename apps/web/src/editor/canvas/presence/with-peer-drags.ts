import { useMemo } from 'react';
import { useStore } from 'zustand';
import { NOBODY, type MotionState } from '../../core/state/presence-store.ts';
import { useEditor } from '../../session-context.ts';
import type { FlowNode } from '../flow-model.ts';

/** Puts steps where others drag them to; the rest keeps its identity. */
export function withPeerDrags(nodes: FlowNode[], drags: MotionState['drags']): FlowNode[] {
  if (drags === null) return nodes;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const placeOf = (id: string | undefined): readonly [number, number] => {
    const node = id === undefined ? undefined : byId.get(id);
    if (!node) return [0, 0];
    const [x, y] = placeOf(node.parentId);
    return drags.get(node.id) ?? [x + node.position.x, y + node.position.y];
  };
  return nodes.map((node) => {
    const to = drags.get(node.id);
    if (!to) return node;
    const [x, y] = placeOf(node.parentId);
    return { ...node, position: { x: to[0] - x, y: to[1] - y } };
  });
}

/** Cards as others move them right now: the document gets their places with the drop. */
export function usePeerDrags(nodes: FlowNode[]): FlowNode[] {
  const drags = useStore((useEditor().presence ?? NOBODY).motion, (state) => state.drags);
  return useMemo(() => withPeerDrags(nodes, drags), [nodes, drags]);
}
