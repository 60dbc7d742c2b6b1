import type { JsonObject } from '@millwright/core';
import type { NodeTypeInfo, Problem, WorkflowNode } from '@millwright/workflow';
import { propertiesOf } from './catalog-fields.ts';
import type { Drawing } from './drawing.ts';
import { checkSchema, type SchemaFault } from './schema-check.ts';

const CODES = {
  required: 'parameter_required',
  type: 'parameter_type',
  value: 'parameter_value',
  unknown: 'parameter_unknown',
  expression: 'expression_not_allowed',
} as const;

/** What is wrong with the parameters of one node: against its type's schema, and in its expressions. */
export function checkParameters(drawing: Drawing, node: WorkflowNode): Problem[] {
  const info = drawing.types.get(node.id);
  if (info === undefined) return [];
  const problems = [
    ...checkSchema(info.parameters, node.parameters as JsonObject).map((fault) => schemaProblem(node, info, fault)),
    ...checkExpressions(drawing, node),
  ];
  const isLive = drawing.reached.has(node.id) && !node.settings.disabled;
  // What never runs may be half finished.
  return isLive ? problems : problems.map((problem) => ({ ...problem, level: 'warning' as const }));
}

function schemaProblem(node: WorkflowNode, info: NodeTypeInfo, fault: SchemaFault): Problem {
  const field = `parameters.${fault.path}`;
  const title = titleOf(info, fault.path);
  return {
    code: CODES[fault.kind],
    level: 'error',
    nodeId: node.id,
    field,
    text: `"${title}" ${fault.text}.`,
    hint: fault.kind === 'unknown' ? 'Remove it.' : fault.kind === 'required' ? 'Fill it in.' : 'Change the value.',
    values: { field: fault.path, title, reason: fault.text },
  };
}

/** The title that the form shows for the outermost part of a path. */
function titleOf(info: NodeTypeInfo, path: string): string {
  const name = /^[^.[]+/.exec(path)?.[0] ?? path;
  const property = propertiesOf(info.parameters)[name];
  const title =
    typeof property === 'object' && property !== null && !Array.isArray(property) ? (property as JsonObject)['title'] : undefined;
  return typeof title === 'string' ? title : path;
}

function checkExpressions(drawing: Drawing, node: WorkflowNode): Problem[] {
  const read = drawing.expressions.get(node.id);
  const broken = (read?.errors ?? []).map(({ field, code, text, hint, values }): Problem => ({
    code,
    level: 'error',
    nodeId: node.id,
    field: `parameters.${field}`,
    text,
    ...(hint === undefined ? {} : { hint }),
    values: { field, ...values },
  }));
  const lost = (read?.nodes ?? [])
    .filter(({ name }) => resolveNode(drawing, name) === undefined)
    .map(({ field, name }): Problem => ({
      code: 'expression_unknown_node',
      level: 'error',
      nodeId: node.id,
      field: `parameters.${field}`,
      text: `$('${name}') names a step that does not exist.`,
      hint: 'Choose one of the steps before this one.',
      values: { field, id: name },
    }));
  return [...broken, ...lost];
}

/** The id of the node that `$('…')` means: an id first, then a name. */
export function resolveNode(drawing: Drawing, idOrName: string): string | undefined {
  return drawing.byId.has(idOrName) ? idOrName : drawing.nodes.find((node) => node.name === idOrName)?.id;
}
