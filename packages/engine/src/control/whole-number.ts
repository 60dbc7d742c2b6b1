import { UserError, type JsonObject } from '@millwright/core';

/**
 * A parameter that says how many.
 * @param bounds least and most, and what it is when it is not given
 * @throws UserError `parameter_invalid` naming the field
 */
export function wholeNumber(
  parameters: JsonObject,
  field: string,
  { min, max, otherwise }: { readonly min: number; readonly max: number; readonly otherwise: number },
): number {
  const given = parameters[field] ?? otherwise;
  const number = typeof given === 'number' || (typeof given === 'string' && given.trim() !== '') ? Number(given) : Number.NaN;
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: `${field} is not a whole number from ${min} to ${max}`,
    hint: 'Give a whole number.',
    details: { field },
  });
}
