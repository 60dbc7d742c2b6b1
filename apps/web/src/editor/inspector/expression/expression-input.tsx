import type { Fix } from '@millwright/expressions/browser';
import { lazy, Suspense, useCallback, useLayoutEffect, useRef } from 'react';
import { useEditor } from '../../session-context.ts';
import type { TakenField } from './code-editor.tsx';
import { useAim } from './use-aim.ts';
import { useFindings } from './use-findings.ts';
import { useTokenNames } from './use-token-names.ts';

const CodeEditor = lazy(() => import('./code-editor.tsx'));
const PreviewLine = lazy(async () => ({ default: (await import('./code-editor.tsx')).PreviewLine }));
const FindingList = lazy(async () => ({ default: (await import('./code-editor.tsx')).FindingList }));

/** A text with `{{ }}`: highlighted, completed from real data, with its value or what is wrong below. */
export interface ExpressionInputProps {
  readonly value: string;
  readonly label: string;
  readonly isMultiline: boolean;
  readonly placeholder: string;
  readonly autoFocus: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  readonly onFocus: (insert: (text: string) => void) => void;
}

interface PlainFieldProps extends ExpressionInputProps {
  /** Called when the editor takes its place. */
  readonly onTaken: (taken: TakenField) => void;
}

/** Stands in until the editor is loaded, so that nobody waits to type. */
function PlainField({ onTaken, ...props }: PlainFieldProps) {
  const { isReadOnly } = useEditor();
  const field = useRef<HTMLTextAreaElement>(null);
  const isTyped = useRef(false);
  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return undefined;
    // Who typed `{{` elsewhere goes on behind it.
    current.setSelectionRange(current.value.length, current.value.length);
    return () => {
      const [from, to] = [current.selectionStart, current.selectionEnd];
      const [anchor, head] = current.selectionDirection === 'backward' ? [to, from] : [from, to];
      onTaken({ anchor, head, hasFocus: document.activeElement === current, isTyped: isTyped.current });
    };
  }, [onTaken]);
  const change = (text: string): void => {
    isTyped.current = true;
    props.onChange(text);
  };
  const insert = (added: string): void => {
    const { value = '', selectionStart: from = 0, selectionEnd: to = 0 } = field.current ?? {};
    change(value.slice(0, from) + added + value.slice(to));
  };
  return (
    <textarea
      ref={field}
      value={props.value}
      rows={props.isMultiline ? 4 : 1}
      aria-label={props.label}
      readOnly={isReadOnly}
      autoFocus={props.autoFocus}
      onFocus={() => props.onFocus(insert)}
      onChange={(event) => change(event.currentTarget.value)}
      className="block w-full resize-none bg-transparent px-2.5 py-[5px] font-mono text-secondary leading-5 outline-none"
    />
  );
}

/** The field itself, and what is said below it. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { isReadOnly } = useEditor();
  const aim = useAim();
  const names = useTokenNames();
  const findings = useFindings(props.value, aim);
  const taken = useRef<TakenField>(null);
  const onTaken = useCallback((left: TakenField) => void (taken.current = left), []);
  const focus = useRef<() => void>(undefined);
  const fix = ({ edits }: Fix): void => {
    void import('./evaluate.ts').then(({ applyEdits }) => {
      props.onChange(applyEdits(props.value, edits));
      focus.current?.();
    });
  };
  return (
    <>
      <div className="rounded-control border border-border-strong bg-surface focus-within:border-accent focus-within:outline-1 focus-within:outline-focus">
        <Suspense fallback={<PlainField {...props} onTaken={onTaken} />}>
          <CodeEditor
            {...props}
            isReadOnly={isReadOnly}
            takeOver={() => taken.current}
            aim={aim}
            names={names}
            findings={findings}
            onReady={(make) => {
              focus.current = make;
            }}
          />
        </Suspense>
      </div>
      {props.value.includes('{{') ? (
        <>
          <Suspense fallback={<p className="min-h-4" />}>
            <PreviewLine source={props.value} isExplained={findings.some(({ severity }) => severity !== 'hint')} />
            <FindingList findings={findings} onFix={fix} />
          </Suspense>
        </>
      ) : null}
    </>
  );
}
