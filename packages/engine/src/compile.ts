import type { NodeTypeCatalog, Plan, Problem, WorkflowDocument } from '@millwright/workflow';
import { buildPlan } from './compile/build-plan.ts';
import { checkGraph } from './compile/check-graph.ts';
import { checkParameters } from './compile/check-parameters.ts';
import { readDrawing, type Drawing } from './compile/drawing.ts';

export { compilePart, readParts, TEST_START, withTests, type Part, type PartNode, type PartView } from './compile/part.ts';

/** What publishing gets: a plan, or at least one problem of level `error`. */
export interface Compiled {
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}

/**
 * Checks a document and compiles it to an immutable, content-addressed plan.
 * @param document a parsed document
 * @param catalog every node type that may be used, control nodes included
 */
export function compile(document: WorkflowDocument, catalog: NodeTypeCatalog): Compiled {
  const { drawing, problems } = inspect(document, catalog);
  const isSound = !problems.some((problem) => problem.level === 'error');
  return { plan: isSound ? buildPlan(drawing) : null, problems };
}

/** Everything that publishing would say about a document, warnings included. */
export function checkDocument(document: WorkflowDocument, catalog: NodeTypeCatalog): readonly Problem[] {
  return inspect(document, catalog).problems;
}

function inspect(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
): { readonly drawing: Drawing; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const drawing = readDrawing(document, catalog, (problem) => problems.push(problem));
  problems.push(...checkGraph(drawing), ...drawing.nodes.flatMap((node) => checkParameters(drawing, node)));
  return { drawing, problems };
}
