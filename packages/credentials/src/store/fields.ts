import { UserError } from '@millwright/core';
import type { CredentialField, CredentialTypeInfo } from '@millwright/node-sdk';

/** Longest value, in UTF-16 units: keys and certificates fit. */
const MAX_LENGTH = 16_384;

/** What was typed in, told apart. */
export interface CheckedFields {
  /** All of them. */
  readonly all: Readonly<Record<string, string>>;
  /** Those that are no secret. */
  readonly open: Readonly<Record<string, string>>;
  /** Names of the secrets that are set. */
  readonly secretNames: readonly string[];
}

function refused(code: string, field: string, message: string): UserError {
  return new UserError('unprocessable', { code, message, hint: 'Correct the field and save again.', details: { field } });
}

function checkValue({ name, title, multiline }: CredentialField, value: string): string {
  // People paste with the line break of the page; inside a key it is part of it.
  const trimmed = multiline === true ? value.trim() : value.replace(/^\s+|\s+$/g, '');
  if (trimmed.length > MAX_LENGTH) throw refused('credential_field_too_long', name, `"${title}" has more than ${MAX_LENGTH} characters.`);
  if (multiline !== true && /[\r\n\0]/.test(trimmed)) throw refused('credential_field_invalid', name, `"${title}" has to be one line.`);
  return trimmed;
}

/**
 * Checks what was typed in.
 * @param known what is stored: a field that is left out keeps its value, an empty one loses it
 * @throws UserError `credential_field_unknown`, `credential_field_missing`, `credential_field_too_long`, `credential_field_invalid`; none repeats a value
 */
export function checkFields(
  { auth }: CredentialTypeInfo,
  typed: Readonly<Record<string, string>>,
  known: Readonly<Record<string, string>> = {},
): CheckedFields {
  const named = new Map(auth.fields.map((field) => [field.name, field]));
  const unknown = Object.keys(typed).find((name) => !named.has(name));
  if (unknown !== undefined) throw refused('credential_field_unknown', unknown, 'This kind of connection has no such field.');
  const values = auth.fields.flatMap((field) => {
    const value = Object.hasOwn(typed, field.name) ? checkValue(field, typed[field.name] ?? '') : (known[field.name] ?? '');
    if (value === '' && field.required) throw refused('credential_field_missing', field.name, `"${field.title}" is missing.`);
    return value === '' ? [] : [{ field, value }];
  });
  const entries = (isWanted: (field: CredentialField) => boolean): Record<string, string> =>
    Object.fromEntries(values.filter(({ field }) => isWanted(field)).map(({ field, value }) => [field.name, value]));
  return {
    all: entries(() => true),
    open: entries(({ secret }) => !secret),
    secretNames: values.filter(({ field }) => field.secret).map(({ field }) => field.name),
  };
}
