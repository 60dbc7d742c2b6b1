import type { JsonValue } from '@millwright/core';
import type { NodeTypeInfo } from '@millwright/workflow';
import type { ParameterSpec } from '../../core/graph/parameters.ts';

/** What every control of the parameter form gets. */
export interface FieldProps {
  readonly spec: ParameterSpec;
  readonly info: NodeTypeInfo;
  /** Title in the language of the interface. */
  readonly label: string;
  /** What is set, else the default. */
  readonly value: JsonValue | undefined;
  /** `undefined` goes back to the default. */
  readonly onCommit: (value: JsonValue | undefined) => void;
  readonly id: string;
  readonly describedBy: string | undefined;
  /** Line of a program that is to blame, from 1. */
  readonly faultLine?: number | undefined;
}

/** A value as the text of a field. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a value holds an expression. */
export function hasExpression(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.includes('{{');
}
