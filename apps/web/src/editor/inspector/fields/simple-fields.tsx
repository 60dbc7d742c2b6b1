import type { JsonValue } from '@millwright/core';
import { Select } from '../../../ui/controls/select.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { parameterText } from '../../look/type-words.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps, hasExpression } from './field-props.ts';
import { ExpressionToggle, TextValue } from './text-value.tsx';

function control({ id, describedBy }: FieldProps) {
  return { id, 'aria-describedby': describedBy, 'aria-invalid': undefined };
}

/** One line, several lines, or an address. */
export function TextField(props: FieldProps) {
  const { spec } = props;
  return (
    <TextValue
      id={props.id}
      describedBy={props.describedBy}
      label={props.label}
      value={asText(props.value)}
      onCommit={(text) => props.onCommit(text === '' ? undefined : text)}
      allowsExpression={spec.allowsExpression}
      isMultiline={spec.control === 'multiline'}
      mono={spec.control === 'url'}
      inputMode={spec.control === 'url' ? 'url' : 'text'}
      placeholder={spec.placeholder}
    />
  );
}

/** What was typed as a number; text that is none is kept for the checks to complain about. */
function readNumber(text: string): JsonValue | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text.trim().replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}

/** A number with its unit. */
export function NumberField(props: FieldProps) {
  const { spec } = props;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <TextValue
          id={props.id}
          describedBy={props.describedBy}
          label={props.label}
          value={asText(props.value)}
          onCommit={(text) => props.onCommit(text.includes('{{') ? text : readNumber(text))}
          allowsExpression={spec.allowsExpression}
          inputMode="decimal"
          placeholder={spec.placeholder}
        />
      </div>
      {spec.unit === '' ? null : <span className="pt-1.5 text-secondary text-text-3">{spec.unit}</span>}
    </div>
  );
}

/** On or off; an expression where the type allows one. */
export function SwitchField(props: FieldProps) {
  const { isReadOnly } = useEditor();
  const { spec, value } = props;
  if (hasExpression(value)) return <TextField {...props} />;
  return (
    <div className="flex h-8 items-center gap-2">
      <Switch
        checked={value === true}
        disabled={isReadOnly}
        control={control(props)}
        onChange={(checked) => props.onCommit(checked === spec.default ? undefined : checked)}
      />
      {spec.allowsExpression ? (
        <ExpressionToggle label={props.label} pressed={false} onToggle={() => props.onCommit(`{{ ${String(value === true)} }}`)} />
      ) : null}
    </div>
  );
}

/** One of a few values; a value that is no longer offered is kept and marked. */
export function OptionsField(props: FieldProps) {
  const { isReadOnly } = useEditor();
  const { t, language } = useTexts();
  const { spec, info, value } = props;
  if (hasExpression(value)) return <TextField {...props} />;
  const current = asText(value);
  const known = spec.options.map((option) => ({
    value: asText(option.value),
    label: parameterText(info, language, { path: `${spec.key}.options.${asText(option.value)}`, english: option.label }),
  }));
  const options =
    current === '' || known.some((option) => option.value === current)
      ? known
      : [...known, { value: current, label: t('field.notOffered', { value: current }) }];
  const choose = (next: string): void => {
    const option = spec.options.find((candidate) => asText(candidate.value) === next);
    props.onCommit(
      option === undefined || JSON.stringify(option.value) === JSON.stringify(spec.default)
        ? option === undefined
          ? next
          : undefined
        : option.value,
    );
  };
  return (
    <div className="flex items-center gap-1">
      <Select value={current} options={options} onChange={choose} control={control(props)} disabled={isReadOnly} />
      {spec.allowsExpression ? (
        <ExpressionToggle label={props.label} pressed={false} onToggle={() => props.onCommit(`{{ '${current}' }}`)} />
      ) : null}
    </div>
  );
}
