import type { Extension } from '@codemirror/state';
import { type DecorationSet, type EditorView, type MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Decorates what a matcher finds in the visible text, and keeps up with changes. */
export function decorates(matcher: MatchDecorator): Extension {
  return ViewPlugin.fromClass(
    class {
      marks: DecorationSet;
      constructor(view: EditorView) {
        this.marks = matcher.createDeco(view);
      }
      update(update: ViewUpdate): void {
        this.marks = matcher.updateDeco(update, this.marks);
      }
    },
    { decorations: (value) => value.marks },
  );
}

/** Replaces the text of an editor where it is another one. @param editor undefined until it is mounted */
export function showText(editor: EditorView | undefined, text: string): void {
  if (!editor || editor.state.doc.toString() === text) return;
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
}
