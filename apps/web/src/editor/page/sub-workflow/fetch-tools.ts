import type { ExpressionTools } from '../../core/graph/sub-workflow/crossings.ts';

/** What of the expressions is needed; fetched when it is first needed. */
export async function fetchTools(): Promise<ExpressionTools> {
  const { references, applyEdits, mapExpressions, renameNodesIn, fieldSource } = await import('@millwright/expressions/browser');
  return {
    references,
    applyEdits,
    mapExpressions: (value, change) => mapExpressions(value, change) as typeof value,
    renameNodesIn: (value, names) => renameNodesIn(value, names) as typeof value,
    fieldSource,
  };
}
