import type { JsonValue } from '@millwright/core';
import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { effectiveValue, type ParameterSpec, parametersOf } from '../../core/graph/parameters.ts';
import { hasExpression } from '../fields/field-props.ts';

/** A field whose values a service knows. */
export interface OptionsField {
  readonly node: WorkflowNode;
  readonly info: NodeTypeInfo;
  readonly spec: ParameterSpec;
}

/** What a list hangs on: two questions that are alike have one answer. */
export interface OptionsQuestion {
  readonly type: string;
  readonly version: number;
  readonly parameter: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, JsonValue>>;
}

/** What is missing before a list can be asked for. */
export type OptionsLack =
  | { readonly code: 'credential_missing' }
  | { readonly code: 'options_need_field' | 'options_need_value'; readonly parameter: ParameterSpec };

/** What to ask the service, or what is missing for that. */
export function optionsQuestion({ node, info, spec }: OptionsField): OptionsQuestion | OptionsLack {
  const [slot] = info.credentials ?? [];
  const credentialId = slot === undefined ? undefined : node.credentials[slot.name];
  if (slot?.required === true && credentialId === undefined) return { code: 'credential_missing' };
  const parameters: Record<string, JsonValue> = {};
  for (const name of spec.load?.dependsOn ?? []) {
    const parameter = parametersOf(info).find(({ key }) => key === name);
    const value = parameter === undefined ? undefined : effectiveValue(node, parameter);
    if (parameter === undefined) continue;
    if (value === undefined || value === null || value === '') return { code: 'options_need_field', parameter };
    if (hasExpression(value)) return { code: 'options_need_value', parameter };
    parameters[name] = value;
  }
  const credentials = slot === undefined || credentialId === undefined ? {} : { [slot.name]: credentialId };
  return { type: info.type, version: info.version, parameter: spec.key, credentials, parameters };
}
