import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { EditorState, Prec } from '@codemirror/state';
import { Decoration, EditorView, keymap, MatchDecorator, placeholder, tooltips } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { PreviewAim } from './preview-scope.ts';
import type { Diagnostic, TokenNames } from '@millwright/expressions/browser';
import { completionInfo } from './completion-info.ts';
import { proposeAt, resultOfExample, withParts } from './evaluate.ts';
import { fieldChips, namesChanged } from './field-chips.ts';
import { findingMarks, setFindings } from './finding-marks.ts';
import { codeTheme } from '../text-editor/code-theme.ts';
import type { TakenField } from '../text-editor/plain-field.tsx';
import { selectionAt } from '../text-editor/selection-at.ts';
import { decorates, showText } from '../text-editor/shown-text.ts';

/** A field that takes text with `{{ }}`. */
export interface CodeEditorProps {
  readonly value: string;
  readonly label: string;
  readonly isMultiline: boolean;
  readonly isReadOnly: boolean;
  readonly placeholder: string;
  readonly autoFocus: boolean;
  readonly describedBy: string | undefined;
  readonly aim: PreviewAim | null;
  /** Names for the chips. */
  readonly names: TokenNames;
  /** What is wrong with `value`. */
  readonly findings: readonly Diagnostic[];
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  readonly onFocus: (insert: (text: string) => void) => void;
  /** What the editor goes on from; null where nobody was before it. */
  readonly takeOver: () => TakenField | null;
  /** Gives the function that puts the caret into the editor. */
  readonly onReady: (focus: () => void) => void;
}

/** Shows `{{ }}` apart from text. */
function braces() {
  const matcher = new MatchDecorator({ regexp: /\{\{[^]*?\}\}/g, decoration: Decoration.mark({ class: 'mw-expression' }) });
  return decorates(matcher);
}

async function propose(context: CompletionContext, { props }: Live): Promise<CompletionResult | null> {
  const { aim } = props;
  if (!aim) return null;
  const source = context.state.doc.toString();
  const found = await withParts(() => proposeAt(source, context.pos, aim));
  const first = found[0];
  if (!first) return null;
  return {
    from: first.from,
    to: first.to,
    filter: false,
    options: found.slice(0, 60).map((entry) => ({
      label: entry.label,
      detail: entry.detail,
      apply: entry.insert,
      type: entry.kind,
      info: () => withParts(() => completionInfo(entry, (example) => resultOfExample(example, aim))),
    })),
  };
}

function keys(isMultiline: boolean) {
  const stay = isMultiline ? [] : [{ key: 'Enter', run: () => true }];
  return [
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
    keymap.of([...completionKeymap, { key: 'Mod-Space', run: startCompletion }, ...stay]),
  ];
}

// Shown below the editor, and only once it is there: fetched with it.
export { FindingList } from './finding-list.tsx';
export { PreviewLine } from './preview-line.tsx';

interface Live {
  props: CodeEditorProps;
  /** Whether the last thing done here was typing: then proposals are wanted. */
  isTyping: boolean;
}

/** Proposals for what was typed before all was there that they are made from; a list that is shown already is made anew. */
function proposeLate(editor: EditorView | undefined, { isTyping }: Live): void {
  if (editor?.hasFocus && isTyping) startCompletion(editor);
}

function createEditor(parent: HTMLElement, live: Live, taken: TakenField | null): EditorView {
  const { props } = live;
  const insert = (view: EditorView) => (text: string) => {
    view.dispatch(view.state.replaceSelection(text));
    view.focus();
  };
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: props.value,
      selection: selectionAt(props.value, taken),
      extensions: [
        codeTheme,
        // The panel scrolls and would cut off what stands beside the proposals.
        tooltips({ position: 'fixed', parent: document.body }),
        EditorView.lineWrapping,
        keys(props.isMultiline),
        autocompletion({ override: [(context) => propose(context, live)], icons: false, activateOnTypingDelay: 60 }),
        braces(),
        fieldChips(() => live.props.names),
        findingMarks,
        placeholder(props.placeholder),
        EditorState.readOnly.of(props.isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': props.label,
          'aria-multiline': String(props.isMultiline),
          spellcheck: 'false',
          autocapitalize: 'off',
          ...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy }),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged || update.selectionSet) live.isTyping = update.transactions.some((one) => one.isUserEvent('input.type'));
          if (update.docChanged) live.props.onChange(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({
          focus: (_event, view) => live.props.onFocus(insert(view)),
          blur: () => live.props.onBlur(),
        }),
      ],
    }),
  });
}

/** CodeMirror for one field: completion from real data, chips for fields, underlines for what is wrong. Loaded when the first expression is shown. */
export function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const live = useRef<Live>({ props, isTyping: false });
  useEffect(() => {
    live.current.props = props;
  });
  // Before the page is painted: between the plain field and the editor a key would go nowhere.
  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const { props: first } = live.current;
    const taken = first.takeOver();
    const made = createEditor(host.current, live.current, taken);
    view.current = made;
    live.current.isTyping = taken?.isTyped ?? false;
    if (first.autoFocus || taken?.hasFocus) made.focus();
    first.onReady(() => made.focus());
    return () => made.destroy();
  }, []);
  // With the paint, not after it: a key that came in between would be taken back.
  useLayoutEffect(() => {
    showText(view.current, props.value);
  }, [props.value]);
  useEffect(() => {
    view.current?.dispatch({ effects: namesChanged.of(null) });
  }, [props.names]);
  useEffect(() => {
    view.current?.dispatch({ effects: setFindings.of(props.findings) });
  }, [props.findings]);
  const hasAim = props.aim !== null;
  const hasVariables = props.aim?.known !== undefined;
  useEffect(() => proposeLate(view.current, live.current), [hasAim, hasVariables]);
  return <div ref={host} className="mw-code" data-multiline={props.isMultiline || undefined} />;
}
