import type { JsonValue } from '@millwright/core';
import {
  completions,
  type Completion,
  type Diagnostic,
  diagnose,
  exampleResult,
  ExpressionError,
  templateCache,
} from '@millwright/expressions/browser';
import { type PreviewAim, previewScope } from './preview-scope.ts';
import { surroundingsOf } from './surroundings.ts';

export { applyEdits, withParts } from '@millwright/expressions/browser';

/** What a preview found. */
export type Preview =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'error'; readonly code: string; readonly hint: string; readonly missingKey: string; readonly suggestion: string };

/** Work that one preview may do: under 100 ms on a slow machine, whatever is typed. */
const FUEL = 400_000;

/** Evaluates a text with `{{ }}` on sample data; an error is a result, never thrown. As all of this file: within `withParts`. */
export function evaluatePreview(source: string, aim: PreviewAim): Preview {
  try {
    const template = templateCache.compile(source, { profile: aim.document.settings.expressions });
    return { kind: 'value', value: template.evaluate(previewScope(aim), { fuel: FUEL }) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {
      kind: 'error',
      code: error.code,
      hint: error.hint ?? error.message,
      missingKey: error.missingKey ?? '',
      suggestion: error.suggestion ?? '',
    };
  }
}

/** Everything that is wrong with a text, by what is known where it stands. */
export function findingsIn(source: string, aim: PreviewAim): readonly Diagnostic[] {
  return diagnose(source, surroundingsOf(aim));
}

/** What an example gives with the data at hand. */
export function resultOfExample(example: string, aim: PreviewAim): string | undefined {
  return exampleResult(example, previewScope(aim));
}

/** What can be written at the caret. Steps are proposed by name and written by id, so that renaming them breaks nothing. */
export function proposeAt(source: string, offset: number, aim: PreviewAim): readonly Completion[] {
  const [, bracket = '(', quote = "'"] = /([([])\s*(['"])[^'"]*$/.exec(source.slice(0, offset)) ?? [];
  const end = /^['"]\s*[)\]]/.test(source.slice(offset)) ? '' : quote + (bracket === '(' ? ')' : ']');
  return completions(source, offset, previewScope(aim)).map((entry) => {
    const node = entry.kind === 'node' ? aim.document.nodes.find((candidate) => candidate.name === entry.label) : undefined;
    return node ? { ...entry, insert: node.id + end } : entry;
  });
}
