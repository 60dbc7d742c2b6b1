import type { Annotation, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { edgeKey, labelledEdge } from '@millwright/workflow/draft';
import type { DraftChange } from './changes.ts';

function onNode(document: WorkflowDocument, nodeId: string, patch: (node: WorkflowNode) => WorkflowNode): WorkflowDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === nodeId ? patch(node) : node)) };
}

function onAnnotation(document: WorkflowDocument, id: string, patch: (annotation: Annotation) => Annotation): WorkflowDocument {
  return { ...document, annotations: document.annotations.map((annotation) => (annotation.id === id ? patch(annotation) : annotation)) };
}

function withMember(section: Annotation, nodeId: string, isMember: boolean): Annotation {
  const others = (section.members ?? []).filter((id) => id !== nodeId);
  return { ...section, members: isMember ? [...others, nodeId].toSorted() : others };
}

function withChange(document: WorkflowDocument, change: DraftChange): WorkflowDocument {
  switch (change.kind) {
    case 'addNode':
      return { ...document, nodes: [...document.nodes, change.node] };
    case 'removeNode':
      return {
        ...document,
        nodes: document.nodes.filter((node) => node.id !== change.nodeId),
        edges: document.edges.filter((edge) => edge.from !== change.nodeId && edge.to !== change.nodeId),
      };
    case 'moveNode':
      return onNode(document, change.nodeId, (node) => ({ ...node, position: [...change.position] }));
    case 'setType':
      return onNode(document, change.nodeId, (node) => ({ ...node, type: change.type, version: change.version }));
    case 'setParent':
      return onNode(document, change.nodeId, (node) => ({ ...node, parent: change.parent }));
    case 'resizeNode':
      return onNode(document, change.nodeId, ({ size: _size, ...node }) =>
        change.size === undefined ? node : { ...node, size: [...change.size] },
      );
    case 'addEdge':
      return { ...document, edges: [...document.edges, change.edge] };
    case 'removeEdge':
      return { ...document, edges: document.edges.filter((edge) => edgeKey(edge) !== edgeKey(change.edge)) };
    case 'setEdgeLabel': {
      const key = edgeKey(change.edge);
      return { ...document, edges: document.edges.map((edge) => (edgeKey(edge) === key ? labelledEdge(edge, change.label) : edge)) };
    }
    case 'addAnnotation':
      return { ...document, annotations: [...document.annotations, change.annotation] };
    case 'removeAnnotation':
      return { ...document, annotations: document.annotations.filter((annotation) => annotation.id !== change.annotationId) };
    case 'changeAnnotation':
      return onAnnotation(document, change.annotationId, (annotation) => ({ ...annotation, ...change.patch }));
    case 'setMember':
      return onAnnotation(document, change.sectionId, (section) => withMember(section, change.nodeId, change.isMember));
    default:
      return document;
  }
}

/** What the graph will look like: for plans that depend on what they have planned so far. Names and parameters are left as they are. */
export function withChanges(document: WorkflowDocument, changes: readonly DraftChange[]): WorkflowDocument {
  return changes.reduce(withChange, document);
}
