import { useCallback, useLayoutEffect, useRef } from 'react';
import { useEditor } from '../../session-context.ts';

/** How the field was left that stood here before the editor was loaded. */
export interface TakenField {
  readonly anchor: number;
  readonly head: number;
  readonly hasFocus: boolean;
  /** Whether somebody typed into it. */
  readonly isTyped: boolean;
}

interface PlainFieldProps {
  readonly value: string;
  readonly label: string;
  readonly rows: number;
  readonly autoFocus?: boolean;
  /** Where the caret is at first; by default at the end. */
  readonly caret?: number | undefined;
  readonly onChange: (text: string) => void;
  readonly onFocus?: (insert: (text: string) => void) => void;
  /** Called when the editor takes its place. */
  readonly onTaken: (taken: TakenField) => void;
}

/**
 * Remembers how the plain field was left, for the editor that takes its place.
 * @param caret where it is for an editor that is there at once, without a plain field before it; undefined: at the end
 */
export function useTakenField(caret?: number): {
  readonly onTaken: (left: TakenField) => void;
  readonly takeOver: () => TakenField | null;
} {
  const taken = useRef<TakenField>(null);
  const onTaken = useCallback((left: TakenField) => void (taken.current = left), []);
  const takeOver = useCallback(
    () => taken.current ?? (caret === undefined ? null : { anchor: caret, head: caret, hasFocus: false, isTyped: false }),
    [caret],
  );
  return { onTaken, takeOver };
}

/** Stands in until an editor is loaded, so that nobody waits to type. */
export function PlainField({ onTaken, ...props }: PlainFieldProps) {
  const { isReadOnly } = useEditor();
  const field = useRef<HTMLTextAreaElement>(null);
  const isTyped = useRef(false);
  const caret = useRef(props.caret);
  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return undefined;
    // Who typed `{{` elsewhere goes on behind it.
    const at = caret.current ?? current.value.length;
    current.setSelectionRange(at, at);
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
      rows={props.rows}
      aria-label={props.label}
      readOnly={isReadOnly}
      autoFocus={props.autoFocus ?? false}
      onFocus={() => props.onFocus?.(insert)}
      onChange={(event) => change(event.currentTarget.value)}
      className="block w-full resize-none bg-transparent px-2.5 py-[5px] font-mono text-secondary leading-5 outline-none"
    />
  );
}
