import { UserError, type JsonObject } from '@millwright/core';
import type { z } from 'zod';

/** Checks parameters. @param type whose, for the message @throws UserError `parameter_invalid` that names the first field */
export function parseParameters<I extends z.ZodObject>(type: string, schema: I, parameters: JsonObject): z.output<I> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = `parameters.${(issue?.path ?? []).join('.')}`;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: `${type}: ${field}: ${issue?.message ?? 'does not fit'}`,
    hint: `Check the value of "${(issue?.path ?? []).join(' › ')}"; if it is an expression, look at what it gives for this item.`,
    details: { field },
  });
}
