import type { Fix } from '@millwright/expressions/browser';
import { Suspense, useRef } from 'react';
import { fetched } from '../../../ui/fetched.ts';
import { useEditor } from '../../session-context.ts';
import { PlainField, useTakenField } from '../text-editor/plain-field.tsx';
import { useAim } from './use-aim.ts';
import { useFindings } from './use-findings.ts';
import { useTokenNames } from './use-token-names.ts';

const CodeEditor = fetched(async () => (await import('./code-editor.tsx')).CodeEditor);
const PreviewLine = fetched(async () => (await import('./code-editor.tsx')).PreviewLine);
const FindingList = fetched(async () => (await import('./code-editor.tsx')).FindingList);

/** A text with `{{ }}`: highlighted, completed from real data, with its value or what is wrong below. */
export interface ExpressionInputProps {
  readonly value: string;
  readonly label: string;
  readonly isMultiline: boolean;
  readonly placeholder: string;
  readonly autoFocus: boolean;
  /** Where the caret was in the field that stood here before; undefined: nobody typed there. */
  readonly caret: number | undefined;
  readonly describedBy: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  readonly onFocus: (insert: (text: string) => void) => void;
}

/** The field itself, and what is said below it. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { isReadOnly } = useEditor();
  const aim = useAim();
  const names = useTokenNames();
  const findings = useFindings(props.value, aim);
  const { onTaken, takeOver } = useTakenField(props.caret);
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
        <Suspense fallback={<PlainField {...props} rows={props.isMultiline ? 4 : 1} onTaken={onTaken} />}>
          <CodeEditor
            {...props}
            isReadOnly={isReadOnly}
            takeOver={takeOver}
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
