import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { findNode } from '../graph-queries.ts';
import { isContainer } from '../layout.ts';

/** What a type must have to stand where a step stands. */
export interface ReplaceNeeds {
  readonly nodeId: string;
  readonly isTrigger: boolean;
  readonly needsInput: boolean;
  readonly needsOutput: boolean;
}

/** What a type must have to take a step's place; null for a container, which cannot be replaced while it may hold steps. */
export function needsOf(document: WorkflowDocument, catalog: NodeTypeCatalog, nodeId: string): ReplaceNeeds | null {
  const node = findNode(document, nodeId);
  const info = node && catalog.get(node.type, node.version);
  if (!node || isContainer(info)) return null;
  return {
    nodeId,
    isTrigger: info?.kind === 'trigger',
    needsInput: document.edges.some((edge) => edge.to === nodeId),
    needsOutput: document.edges.some((edge) => edge.from === nodeId && edge.output !== 'error'),
  };
}
