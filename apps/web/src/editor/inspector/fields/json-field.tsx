import type { JsonValue } from '@millwright/core';
import { useState } from 'react';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from './field-props.ts';
import { TextValue } from './text-value.tsx';

function show(value: JsonValue | undefined): string {
  return typeof value === 'string' || value === undefined ? asText(value) : JSON.stringify(value, null, 2);
}

type Read = { readonly ok: true; readonly value: JsonValue | undefined } | { readonly ok: false; readonly line: number };

function lineOf(text: string, error: unknown): number {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return at === undefined ? 1 : text.slice(0, Number(at)).split('\n').length;
}

/** JSON; a text that is one expression, or JSON with expressions outside of quotes, stays text. */
function read(text: string): Read {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return text.includes('{{') ? { ok: true, value: text } : { ok: false, line: lineOf(text, error) };
  }
}

/** Any JSON, written by hand. What cannot be read is kept in the field and not written into the draft. */
export function JsonField(props: FieldProps) {
  const { t } = useTexts();
  const [wrongLine, setWrongLine] = useState<number | null>(null);
  const commit = (text: string): void => {
    const result = read(text);
    setWrongLine(result.ok ? null : result.line);
    if (result.ok) props.onCommit(result.value);
  };
  return (
    <>
      <TextValue
        id={props.id}
        describedBy={props.describedBy}
        label={props.label}
        value={show(props.value)}
        onCommit={commit}
        allowsExpression={props.spec.allowsExpression}
        isMultiline
        mono
        placeholder={'{ "email": "{{ $json.email }}" }'}
      />
      {wrongLine === null ? null : (
        <p role="alert" className="text-secondary text-status-failed">
          {t('field.badJson', { line: wrongLine })}
        </p>
      )}
    </>
  );
}
