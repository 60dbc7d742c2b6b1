import { isJsonObject, UserError, type JsonValue } from '@millwright/core';

/** What a workflow says that it takes when it is called. */
export interface CallInput {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'object' | 'list' | 'any';
  readonly required: boolean;
}

const CHECKS: Readonly<Record<CallInput['type'], (value: JsonValue) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: isJsonObject,
  list: (value) => Array.isArray(value),
  any: () => true,
};

/** The declared inputs of a trigger's parameters; what is no declaration is left out. */
export function callInputs(declared: JsonValue | undefined): readonly CallInput[] {
  if (!Array.isArray(declared)) return [];
  return declared.flatMap((one) => {
    if (!isJsonObject(one) || typeof one['name'] !== 'string' || one['name'] === '') return [];
    const type = typeof one['type'] === 'string' && Object.hasOwn(CHECKS, one['type']) ? (one['type'] as CallInput['type']) : 'any';
    return [{ name: one['name'], type, required: one['required'] !== false }];
  });
}

/**
 * Checks what a workflow is called with against what it declares; nothing declared takes everything.
 * @throws UserError `call_input_invalid`, naming the field
 */
export function checkCallInput(inputs: readonly CallInput[], json: JsonValue): void {
  if (inputs.length === 0) return;
  const given = isJsonObject(json) ? json : {};
  for (const { name, type, required } of inputs) {
    const value = given[name];
    if (value === undefined || value === null) {
      if (required) throw invalid(name, `the called workflow needs "${name}", which is missing`);
    } else if (!CHECKS[type](value)) throw invalid(name, `the called workflow takes "${name}" as ${type}, not ${kindOf(value)}`);
  }
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
}

function invalid(field: string, message: string): UserError {
  return new UserError('invalid', {
    code: 'call_input_invalid',
    message,
    hint: 'Fill in "Input" of the step that calls, or change what the called workflow takes.',
    details: { field: `input.${field}` },
  });
}
