import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type Completion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript, javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { python, pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxTree } from '@codemirror/language';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { Decoration, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import type { Diagnostic } from '@millwright/expressions/browser';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { findingMarks, setFindings } from '../expression/finding-marks.ts';
import { codeTheme } from '../text-editor/code-theme.ts';
import { giveLanguage } from '../text-editor/late-language.ts';
import type { TakenField } from '../text-editor/plain-field.tsx';
import { selectionAt } from '../text-editor/selection-at.ts';
import { showText } from '../text-editor/shown-text.ts';
import { programTheme } from './program-theme.ts';
import { stepNames } from './step-names.ts';

giveLanguage({ syntaxTree, indentUnit });

/** What a program is written in. */
export type ProgramLanguage = 'javascript' | 'typescript' | 'python';

/** Something that a program can use, to propose. */
export interface Proposal {
  readonly label: string;
  readonly detail: string;
}

/** A field that takes a program. */
export interface ProgramEditorProps {
  readonly value: string;
  readonly label: string;
  readonly language: ProgramLanguage;
  readonly isReadOnly: boolean;
  readonly placeholder: string;
  readonly describedBy: string | undefined;
  /** Line to mark, from 1. */
  readonly faultLine: number | null;
  readonly proposals: readonly Proposal[];
  /** What is wrong with `value`. */
  readonly findings: readonly Diagnostic[];
  /** Name of a step by id. */
  readonly nameOf: (nodeId: string) => string | undefined;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  /** Escape: the focus goes to what follows. */
  readonly onLeave: () => void;
  /** What the editor goes on from; null where nobody was before it. */
  readonly takeOver: () => TakenField | null;
}

/** Takes a proposal; quotes and brackets that closed themselves while it was typed are not doubled. */
function insert(...[view, { label }, from, to]: [EditorView, Completion, number, number]): void {
  const closing = /^'?\)?/.exec(view.state.sliceDoc(to, to + 2))?.[0] ?? '';
  const typed = view.state.sliceDoc(from, to);
  const isNext = label.startsWith(typed) && label.startsWith(closing, typed.length);
  const end = isNext || label.endsWith(closing) ? to + closing.length : to;
  view.dispatch({ changes: { from, to: end, insert: label }, selection: { anchor: from + label.length }, userEvent: 'input.complete' });
}

function proposing(live: Live) {
  return (context: CompletionContext): CompletionResult | null => {
    // A bracket that closes belongs to it only behind the one that it closes: `$input.first().json`.
    const before = context.matchBefore(/[$_](?:\(\)|[\w$.(['\]])*/);
    if (!before) return null;
    const options = live.props.proposals.map((one) => ({ ...one, type: 'variable', apply: insert }));
    return { from: before.from, options, validFor: /^[$_](?:\(\)|[\w$.(['\]-])*$/ };
  };
}

function languageOf(language: ProgramLanguage, live: Live): Extension {
  const autocomplete = proposing(live);
  if (language === 'python') return [python(), pythonLanguage.data.of({ autocomplete }), indentUnit.of('    ')];
  const isTyped = language === 'typescript';
  return [
    javascript({ typescript: isTyped }),
    (isTyped ? typescriptLanguage : javascriptLanguage).data.of({ autocomplete }),
    indentUnit.of('  '),
  ];
}

const faultLine = Decoration.line({ class: 'mw-fault-line' });

function marked(line: number | null): Extension {
  return EditorView.decorations.of((view) =>
    line === null || line < 1 || line > view.state.doc.lines
      ? Decoration.none
      : Decoration.set([faultLine.range(view.state.doc.line(line).from)]),
  );
}

function attributes({ label, describedBy, faultLine: line }: Pick<ProgramEditorProps, 'label' | 'describedBy' | 'faultLine'>): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    spellcheck: 'false',
    autocapitalize: 'off',
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(line === null ? {} : { 'aria-invalid': 'true' }),
  });
}

interface Live {
  props: ProgramEditorProps;
  readonly language: Compartment;
  readonly fault: Compartment;
  readonly attributes: Compartment;
}

function createEditor(parent: HTMLElement, live: Live, taken: TakenField | null): EditorView {
  const { props } = live;
  const leave = (): boolean => {
    live.props.onLeave();
    return true;
  };
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: props.value,
      ...(taken?.hasFocus ? { selection: selectionAt(props.value, taken) } : {}),
      extensions: [
        codeTheme,
        programTheme,
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false, activateOnTypingDelay: 60 }),
        highlightActiveLine(),
        findingMarks,
        stepNames((id) => live.props.nameOf(id)),
        EditorView.lineWrapping,
        // The list of proposals takes Escape first; then it leads out, so that Tab is free for indenting.
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap.filter(({ key }) => key !== 'Escape'),
          indentWithTab,
        ]),
        Prec.lowest(keymap.of([{ key: 'Escape', run: leave }])),
        placeholder(props.placeholder),
        EditorState.readOnly.of(props.isReadOnly),
        live.language.of(languageOf(props.language, live)),
        live.fault.of(marked(props.faultLine)),
        live.attributes.of(attributes(props)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) live.props.onChange(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({ blur: () => live.props.onBlur() }),
      ],
    }),
  });
}

/** CodeMirror for a program. Loaded with the first Code step that is opened. */
export function ProgramEditor(props: ProgramEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const live = useRef<Live>({ props, language: new Compartment(), fault: new Compartment(), attributes: new Compartment() });
  useEffect(() => {
    live.current.props = props;
  });
  // Before the page is painted: between the plain field and the editor a key would go nowhere.
  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const taken = live.current.props.takeOver();
    const made = createEditor(host.current, live.current, taken);
    view.current = made;
    if (taken?.hasFocus) made.focus();
    if (taken?.isTyped) startCompletion(made);
    return () => made.destroy();
  }, []);
  // With the paint, not after it: a key that came in between would be taken back.
  useLayoutEffect(() => {
    showText(view.current, props.value);
  }, [props.value]);
  useEffect(() => {
    view.current?.dispatch({ effects: live.current.language.reconfigure(languageOf(props.language, live.current)) });
  }, [props.language]);
  useEffect(() => {
    view.current?.dispatch({ effects: setFindings.of(props.findings) });
  }, [props.findings]);
  const { label, describedBy, faultLine: line } = props;
  useEffect(() => {
    const { fault, attributes: named } = live.current;
    const changed = [fault.reconfigure(marked(line)), named.reconfigure(attributes({ label, describedBy, faultLine: line }))];
    view.current?.dispatch({ effects: changed });
  }, [label, describedBy, line]);
  return <div ref={host} className="mw-code" />;
}
