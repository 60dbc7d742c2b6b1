import type { NodeTypeCatalog, Plan, Problem, WorkflowDocument } from '@millwright/workflow';
import { buildPlan } from './compile/build-plan.ts';
import { checkGraph } from './compile/check-graph.ts';
import { checkParameters } from './compile/check-parameters.ts';
import { checkMentions, type KnownNames } from './compile/mentions.ts';
import { readDrawing, type Drawing } from './compile/drawing.ts';

export { documentMentions, type KnownNames } from './compile/mentions.ts';
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
 * @param known what expressions can read beside items. Absent: that is not checked
 */
export function compile(document: WorkflowDocument, catalog: NodeTypeCatalog, known?: KnownNames): Compiled {
  const { drawing, problems } = inspect(document, catalog, known);
  const isSound = !problems.some((problem) => problem.level === 'error');
  return { plan: isSound ? buildPlan(drawing) : null, problems };
}

/** Everything that publishing would say about a document, warnings included. */
export function checkDocument(document: WorkflowDocument, catalog: NodeTypeCatalog, known?: KnownNames): readonly Problem[] {
  return inspect(document, catalog, known).problems;
}

function inspect(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  known: KnownNames | undefined,
): { readonly drawing: Drawing; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const drawing = readDrawing(document, catalog, (problem) => problems.push(problem));
  problems.push(...checkGraph(drawing), ...drawing.nodes.flatMap((node) => checkParameters(drawing, node)));
  if (known !== undefined) problems.push(...drawing.nodes.flatMap((node) => checkMentions(drawing, node, known)));
  return { drawing, problems };
}
