import { StateEffect, type EditorState, type Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view';
import { type Diagnostic, type FieldToken, type TokenNames, tokensOf, tokenText } from '@millwright/expressions/browser';
import { setFindings } from './finding-marks.ts';

/** Names have changed: chips are made anew. */
export const namesChanged = StateEffect.define<null>();

class FieldChip extends WidgetType {
  readonly #token: FieldToken;
  readonly #isFaulty: boolean;
  constructor(token: FieldToken, isFaulty: boolean) {
    super();
    this.#token = token;
    this.#isFaulty = isFaulty;
  }
  override eq(other: FieldChip): boolean {
    const [one, two] = [this.#token, other.#token];
    return one.source === two.source && tokenText(one) === tokenText(two) && this.#isFaulty === other.#isFaulty;
  }
  override toDOM(): HTMLElement {
    const chip = document.createElement('span');
    chip.className = this.#isFaulty ? 'mw-chip mw-chip-faulty' : 'mw-chip';
    chip.title = this.#token.source;
    for (const [index, label] of this.#token.labels.entries()) {
      if (index > 0) chip.append(' › ');
      // Each name in its own direction: one in Hebrew must not turn the way round.
      const name = document.createElement('bdi');
      name.textContent = label;
      chip.append(name);
    }
    return chip;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** Whether the caret is inside the `{{ }}` around a place: there people see what they type. */
function isEdited(state: EditorState, { start, end }: FieldToken): boolean {
  const text = state.doc.toString();
  const open = text.lastIndexOf('{{', start);
  const close = text.indexOf('}}', end);
  const { from, to } = state.selection.main;
  return to > open && from < (close === -1 ? text.length + 1 : close + 2);
}

function chipsOf(view: EditorView, names: () => TokenNames, findings: readonly Diagnostic[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const token of tokensOf(view.state.doc.toString(), names())) {
    if (token.kind !== 'field' || (view.hasFocus && isEdited(view.state, token))) continue;
    const isFaulty = findings.some(({ severity, start, end }) => severity !== 'hint' && start < token.end && end > token.start);
    builder.add(token.start, token.end, Decoration.replace({ widget: new FieldChip(token, isFaulty) }));
  }
  return builder.finish();
}

/** Shows fields of data as `Lead › Email`, but where the caret is; struck where they are not there. */
export function fieldChips(names: () => TokenNames): Extension {
  return ViewPlugin.fromClass(
    class {
      chips: DecorationSet;
      findings: readonly Diagnostic[] = [];
      constructor(view: EditorView) {
        this.chips = chipsOf(view, names, this.findings);
      }
      update(update: ViewUpdate): void {
        const effects = update.transactions.flatMap((one) => one.effects);
        const found = effects.find((effect) => effect.is(setFindings));
        if (found) this.findings = found.value as readonly Diagnostic[];
        const isOther = effects.some((effect) => effect.is(namesChanged) || effect.is(setFindings));
        if (update.docChanged || update.selectionSet || update.focusChanged || isOther)
          this.chips = chipsOf(update.view, names, this.findings);
      }
    },
    { decorations: (value) => value.chips },
  );
}
