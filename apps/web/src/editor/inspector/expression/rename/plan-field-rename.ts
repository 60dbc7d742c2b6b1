import type { JsonObject, JsonValue } from '@millwright/core';
import { type FieldRename, mapExpressions, renameField } from '@millwright/expressions/browser';
import type { WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../../../core/document/changes.ts';

/** What renaming a field where it is read would do. */
export interface FieldRenamePlan {
  readonly changes: readonly DraftChange[];
  /** Places that would read the new name. */
  readonly count: number;
}

/**
 * Plans to give a field of a step's output its new name wherever expressions read it: by `$('id')`, and by `$json` in steps that get
 * their items from this one alone.
 */
export function planFieldRename(
  document: WorkflowDocument,
  nodeId: string,
  { from, to }: { readonly from: string; readonly to: string },
): FieldRenamePlan {
  const changes: DraftChange[] = [];
  let count = 0;
  for (const node of document.nodes) {
    const sources = document.edges.filter((edge) => edge.to === node.id).map((edge) => edge.from);
    const isNext = sources.length > 0 && sources.every((source) => source === nodeId);
    const whose: readonly FieldRename['of'][] = isNext ? [{ node: nodeId }, 'input'] : [{ node: nodeId }];
    const rename = (source: string): string =>
      whose.reduce((text, of) => {
        const renamed = renameField(text, { of, path: [from], to });
        count += renamed.count;
        return renamed.text;
      }, source);
    for (const [key, before] of Object.entries(node.parameters as JsonObject)) {
      const after: JsonValue = mapExpressions(before, rename);
      if (after !== before) changes.push({ kind: 'setParameter', nodeId: node.id, key, value: after });
    }
  }
  return { changes, count };
}
