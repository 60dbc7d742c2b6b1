import { lazy, Suspense, useCallback, useState } from 'react';
import { findNode } from '../../core/graph/graph-queries.ts';
import { useEditor } from '../../session-context.ts';
import { useAim } from './use-aim.ts';
import { PreviewLine } from './preview-line.tsx';

const CodeEditor = lazy(() => import('./code-editor.tsx'));

/** A text with `{{ }}`: highlighted, completed from real data, with its value below. */
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

/** A plain field stands in until the editor is loaded, so that nobody waits to type. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { draft, isReadOnly } = useEditor();
  const aim = useAim();
  const [wasFocused, setFocused] = useState(false);
  const nameOf = useCallback((nodeId: string) => findNode(draft.document(), nodeId)?.name, [draft]);
  const fallback = (
    <textarea
      value={props.value}
      rows={props.isMultiline ? 4 : 1}
      aria-label={props.label}
      readOnly={isReadOnly}
      autoFocus={props.autoFocus}
      onFocus={() => setFocused(true)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      className="block w-full resize-none bg-transparent px-2.5 py-[5px] font-mono text-secondary leading-5 outline-none"
    />
  );
  return (
    <>
      <div className="rounded-control border border-border-strong bg-surface focus-within:border-accent focus-within:outline-1 focus-within:outline-focus">
        <Suspense fallback={fallback}>
          <CodeEditor {...props} isReadOnly={isReadOnly} autoFocus={props.autoFocus || wasFocused} aim={aim} nameOf={nameOf} />
        </Suspense>
      </div>
      {props.value.includes('{{') ? <PreviewLine source={props.value} /> : null}
    </>
  );
}
