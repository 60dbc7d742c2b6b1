import { Field } from '../../../ui/controls/field.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { useEditor } from '../../session-context.ts';
import { useCommit } from '../use-commit.ts';

/** A number with its bounds, typed as text and kept inside of them. */
export interface NumberSettingProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  readonly onCommit: (value: number) => void;
}

/** Text that is no number changes nothing. */
export function NumberSetting({ label, hint, value, min, max, isWhole = false, onCommit }: NumberSettingProps) {
  const { isReadOnly } = useEditor();
  const local = useCommit(String(value), (text) => {
    const typed = Number(text.trim().replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(typed)) return;
    onCommit(Math.min(max, Math.max(min, isWhole ? Math.round(typed) : typed)));
  });
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="decimal"
          readOnly={isReadOnly}
          value={local.text}
          onChange={(event) => local.change(event.currentTarget.value)}
          onBlur={local.flush}
        />
      )}
    </Field>
  );
}
