import { useState } from 'react';
import { Select } from '../../../ui/controls/select.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps, hasExpression } from './field-props.ts';
import { TextValue } from './text-value.tsx';

const UNITS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

function isUnit(text: string): text is Unit {
  return Object.hasOwn(UNITS, text);
}

/** The largest unit that divides the time evenly. */
function unitOf(ms: number): Unit {
  const units: readonly Unit[] = ['days', 'hours', 'minutes'];
  return units.find((unit) => ms > 0 && ms % UNITS[unit] === 0) ?? 'seconds';
}

/** A length of time: number and unit; stored in ms. */
export function DurationField(props: FieldProps) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const ms = typeof props.value === 'number' ? props.value : 0;
  const [unit, setUnit] = useState<Unit>(() => unitOf(ms));
  const isText = hasExpression(props.value);
  const commit = (text: string): void => {
    if (text.trim() === '') props.onCommit(undefined);
    else if (text.includes('{{')) props.onCommit(text);
    else {
      const amount = Number(text.replace(',', '.'));
      if (Number.isFinite(amount)) props.onCommit(Math.round(amount * UNITS[unit]));
    }
  };
  const changeUnit = (next: Unit): void => {
    setUnit(next);
    if (ms > 0) props.onCommit(Math.round((ms / UNITS[unit]) * UNITS[next]));
  };
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <TextValue
          id={props.id}
          describedBy={props.describedBy}
          label={props.label}
          value={isText ? asText(props.value) : props.value === undefined ? '' : String(ms / UNITS[unit])}
          onCommit={commit}
          allowsExpression={props.spec.allowsExpression}
          inputMode="decimal"
        />
      </div>
      {isText ? null : (
        <div className="w-32">
          <Select
            value={unit}
            label={t('field.unit')}
            disabled={isReadOnly}
            options={Object.keys(UNITS)
              .filter(isUnit)
              .map((value) => ({ value, label: t(`unit.${value}`) }))}
            onChange={changeUnit}
          />
        </div>
      )}
    </div>
  );
}
