import { parseDocument, type WorkflowDocument } from '@millwright/workflow';

type Parameters = Readonly<Record<string, unknown>>;

/** A node for a test document: `[id, type, parameters, settings, the container that it is in]`. */
export type NodeSketch = readonly [id: string, type: string, parameters?: Parameters, settings?: Parameters, parent?: string | undefined];

/** An edge as text: `a -> b`, or `a:true -> b`, or `a -> b:second`. */
export type EdgeSketch = string;

function end(text: string): { readonly id: string; readonly port: string } {
  const [id = '', port = 'main'] = text.trim().split(':');
  return { id, port };
}

/** Builds a valid document from a sketch; nodes stand in a row, 280 px apart. */
export function sketchDocument(name: string, nodes: readonly NodeSketch[], edges: readonly EdgeSketch[]): WorkflowDocument {
  return parseDocument({
    format: 'millwright.workflow/1',
    name,
    nodes: nodes.map(([id, type, parameters = {}, settings = {}, parent = null], index) => ({
      id,
      name: id,
      type,
      version: 1,
      position: [index * 280, 0],
      parameters,
      settings,
      parent,
    })),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split('->');
      return { from: end(from).id, output: end(from).port, to: end(to).id, input: end(to).port };
    }),
  });
}
