import { SquareFunction } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { classes } from '../../../ui/controls/classes.ts';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { ExpressionInput } from '../expression/expression-input.tsx';
import { useFieldTarget } from '../field-target.ts';
import { useCommit } from '../use-commit.ts';

/** A value that is text, or text with `{{ }}`. */
export interface TextValueProps {
  /** Name for assistive technology; the visible label stands outside. */
  readonly label: string;
  readonly value: string;
  readonly onCommit: (text: string) => void;
  readonly allowsExpression: boolean;
  readonly isMultiline?: boolean;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly id?: string;
  readonly describedBy?: string | undefined;
  readonly inputMode?: 'text' | 'url' | 'decimal';
  /** Shown in fixed mode instead of the plain input, such as a stepper. */
  readonly fixed?: ReactNode;
}

/** The switch between a fixed value and an expression. */
export function ExpressionToggle({
  label,
  pressed,
  onToggle,
}: {
  readonly label: string;
  readonly pressed: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={t('field.expressionFor', { label })}
      title={pressed ? t('field.toFixed') : t('field.toExpression')}
      disabled={isReadOnly}
      onClick={onToggle}
      className="grid size-6 shrink-0 place-items-center rounded-control text-text-3 hover:bg-raised hover:text-text aria-pressed:bg-accent/12 aria-pressed:text-accent"
    >
      <SquareFunction size={15} aria-hidden="true" />
    </button>
  );
}

function PlainInput({
  props,
  text,
  change,
  flush,
  onFocus,
}: {
  readonly props: TextValueProps;
  readonly text: string;
  readonly change: (text: string, caret: number) => void;
  readonly flush: () => void;
  readonly onFocus: (insert: (text: string) => void) => void;
}) {
  const { isReadOnly } = useEditor();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const insert = (added: string): void => {
    // Called long after this render: the field itself knows what is in it now.
    const now = input.current?.value ?? text;
    const at = input.current?.selectionStart ?? now.length;
    const to = input.current?.selectionEnd ?? at;
    change(now.slice(0, at) + added + now.slice(to), at + added.length);
  };
  const shared = {
    ref: input,
    id: props.id,
    value: text,
    readOnly: isReadOnly,
    placeholder: props.placeholder,
    'aria-label': props.id === undefined ? props.label : undefined,
    'aria-describedby': props.describedBy,
    spellCheck: false,
    autoComplete: 'off',
    onFocus: () => onFocus(insert),
    onBlur: flush,
    onChange: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      change(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length),
  };
  const look = classes(controlClass, props.mono && 'font-mono text-secondary');
  if (props.isMultiline) return <textarea {...shared} rows={4} className={classes(look, 'block py-1.5')} />;
  return <input {...shared} inputMode={props.inputMode ?? 'text'} className={classes(look, 'h-8')} />;
}

/** Which of the two editors is shown, and what moves between them. */
function useTextValue(props: TextValueProps) {
  const store = useFieldTarget();
  const { text, change, flush } = useCommit(props.value, props.onCommit);
  const [wantsExpression, setWants] = useState(false);
  const isExpression = props.allowsExpression && (wantsExpression || text.includes('{{'));
  const [hasFocus, setFocus] = useState(false);
  const [caret, setCaret] = useState<number>();
  const changeAt = (value: string, at: number): void => {
    setCaret(at);
    change(value);
  };
  const onFocus = (insert: (text: string) => void): void => {
    setFocus(true);
    // While it is typed in, the editor stays, whatever is left of the braces.
    if (isExpression) setWants(true);
    if (props.allowsExpression) store.setState({ target: { label: props.label, insert } });
  };
  const leave = (): void => {
    setFocus(false);
    setWants(false);
    setCaret(undefined);
    flush();
  };
  const toggle = (): void => {
    if (!isExpression) setWants(true);
    else {
      setWants(false);
      if (text.includes('{{')) {
        change('');
        flush();
      }
    }
  };
  return { text, change, changeAt, caret, isExpression, takesFocus: wantsExpression || hasFocus, onFocus, leave, toggle };
}

/** Plain input, or CodeMirror as soon as the text holds an expression. Typing `{{` is enough. */
export function TextValue(props: TextValueProps) {
  const { text, change, changeAt, caret, isExpression, takesFocus, onFocus, leave, toggle } = useTextValue(props);
  return (
    <div className="flex min-w-0 items-start gap-1">
      <div className="min-w-0 flex-1">
        {isExpression ? (
          <ExpressionInput
            value={text}
            label={props.label}
            isMultiline={props.isMultiline ?? false}
            placeholder={'{{ $json.… }}'}
            autoFocus={takesFocus}
            caret={caret}
            describedBy={props.describedBy}
            onChange={change}
            onBlur={leave}
            onFocus={onFocus}
          />
        ) : (
          (props.fixed ?? <PlainInput props={props} text={text} change={changeAt} flush={leave} onFocus={onFocus} />)
        )}
      </div>
      {props.allowsExpression ? (
        <div className="pt-1">
          <ExpressionToggle label={props.label} pressed={isExpression} onToggle={toggle} />
        </div>
      ) : null}
    </div>
  );
}
