import type { JsonObject } from '@millwright/core';
import { z } from 'zod';

/**
 * JSON Schema (2020-12) of a node type's parameters, with the form hints that zod carries in
 * `.meta({ title, description, field })`. Input side: defaults make a field optional.
 * @param schema the zod object that a node type declares
 */
export function toParameterSchema(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }) as JsonObject;
}
