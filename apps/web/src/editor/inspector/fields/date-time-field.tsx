import { TextInput } from '../../../ui/controls/text-input.tsx';
import { useDocument, useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from './field-props.ts';
import { TextValue } from './text-value.tsx';

/** ISO in UTC → what the browser's picker takes, in the device's zone. */
function toLocal(iso: string): string {
  const time = new Date(iso);
  if (iso === '' || Number.isNaN(time.getTime())) return '';
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** A point in time: the browser's picker, or an expression. Stored as ISO 8601 in UTC. */
export function DateTimeField(props: FieldProps) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const { timezone } = useDocument().settings;
  const value = asText(props.value);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const fixed = (
    <TextInput
      id={props.id}
      type="datetime-local"
      readOnly={isReadOnly}
      aria-describedby={props.describedBy}
      value={toLocal(value)}
      onChange={(event) => {
        const time = new Date(event.currentTarget.value);
        props.onCommit(Number.isNaN(time.getTime()) ? undefined : time.toISOString());
      }}
    />
  );
  return (
    <>
      <TextValue
        id={props.id}
        describedBy={props.describedBy}
        label={props.label}
        value={value}
        onCommit={(text) => props.onCommit(text === '' ? undefined : text)}
        allowsExpression={props.spec.allowsExpression}
        fixed={fixed}
      />
      {zone === timezone ? null : <p className="text-meta text-text-3">{t('field.zones', { device: zone, workflow: timezone })}</p>}
    </>
  );
}
