import type { Fix } from '@millwright/expressions/browser';
import { lazy, Suspense, useRef, useState } from 'react';
import { useEditor } from '../../session-context.ts';
import { FindingList } from './finding-list.tsx';
import { PreviewLine } from './preview-line.tsx';
import { useAim } from './use-aim.ts';
import { useFindings } from './use-findings.ts';
import { useTokenNames } from './use-token-names.ts';

const CodeEditor = lazy(() => import('./code-editor.tsx'));

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

/** Stands in until the editor is loaded, so that nobody waits to type. */
function PlainField(props: Omit<ExpressionInputProps, 'onFocus'> & { readonly onFocus: () => void }) {
  const { isReadOnly } = useEditor();
  return (
    <textarea
      value={props.value}
      rows={props.isMultiline ? 4 : 1}
      aria-label={props.label}
      readOnly={isReadOnly}
      autoFocus={props.autoFocus}
      onFocus={props.onFocus}
      onChange={(event) => props.onChange(event.currentTarget.value)}
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
  const [wasFocused, setFocused] = useState(false);
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
        <Suspense fallback={<PlainField {...props} onFocus={() => setFocused(true)} />}>
          <CodeEditor
            {...props}
            isReadOnly={isReadOnly}
            autoFocus={props.autoFocus || wasFocused}
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
          <PreviewLine source={props.value} isExplained={findings.some(({ severity }) => severity !== 'hint')} />
          <FindingList findings={findings} onFix={fix} />
        </>
      ) : null}
    </>
  );
}
