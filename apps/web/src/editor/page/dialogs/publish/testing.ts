import { workflowDocumentSchema, type WorkflowDocument } from '@millwright/workflow';

/** A document for tests: steps that say what matters of them, and lines as `form>ask`, `ask:false>nora`. */
export function documentOf(
  nodes: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[],
  lines: readonly string[],
): WorkflowDocument {
  return workflowDocumentSchema.parse({
    format: 'millwright.workflow/1',
    name: 'Leads',
    nodes: nodes.map((node) => ({ name: node.id, type: 'test.step', version: 1, position: [0, 0], ...node })),
    edges: lines.map((line) => {
      const [from = '', to = ''] = line.split('>');
      const [id = '', output = 'main'] = from.split(':');
      return { from: id, output, to, input: 'main' };
    }),
  });
}
