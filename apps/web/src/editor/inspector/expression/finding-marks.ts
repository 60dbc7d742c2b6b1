import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Diagnostic } from '@millwright/expressions/browser';

/** What is wrong with the text as it is now. */
export const setFindings = StateEffect.define<readonly Diagnostic[]>();

function marksOf(findings: readonly Diagnostic[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { start, end, severity } of findings)
    if (start < end && end <= length) builder.add(start, end, Decoration.mark({ class: `mw-finding mw-finding-${severity}` }));
  return builder.finish();
}

/** Underlines what is wrong; marks move with the text until the next look. */
export const findingMarks: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const found = transaction.effects.find((effect) => effect.is(setFindings));
    return found ? marksOf(found.value as readonly Diagnostic[], transaction.state.doc.length) : marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});
