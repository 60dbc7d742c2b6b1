import { UserError, type JsonValue } from '@millwright/core';
import { z } from '@millwright/node-sdk';

const WRITE_SAFETY = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('header'),
    header: z.string().nullable(),
    format: z.enum(['text36', 'uuid']).default('text36'),
    ttl: z.templateLiteral([z.int(), z.enum(['ms', 's', 'm', 'h', 'd'])]).default('24h'),
  }),
  z.strictObject({ by: z.literal('natural'), fields: z.array(z.string()).min(1) }),
  z.strictObject({ by: z.literal('unsafe') }),
]);

const FIELD = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional(),
  /** An optional field that nobody needs. */
  hide: z.boolean().optional(),
});

const ACTION = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/)
    .optional(),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
  hide: z.boolean().optional(),
  group: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]*$/)
    .optional(),
  effect: z.union([z.literal('read'), WRITE_SAFETY]).optional(),
  fields: z.record(z.string(), FIELD).optional(),
});

const OVERLAY = z.strictObject({
  key: z.string().optional(),
  title: z.string().optional(),
  categories: z.array(z.string()).min(1).optional(),
  baseUrl: z.string().optional(),
  /** Only these: `METHOD /path`, operation ids, or tags. Default all. */
  only: z.array(z.string()).optional(),
  /** By `METHOD /path` or operation id. */
  actions: z.record(z.string(), ACTION).optional(),
});

/** What a person changes about an import, kept apart from the description so that a newer one can be taken in. */
export type Overlay = z.output<typeof OVERLAY>;
/** The same for one action. */
export type ActionOverlay = z.output<typeof ACTION>;

/**
 * Reads an overlay.
 * @throws UserError `overlay_invalid`, naming the place
 */
export function readOverlay(value: JsonValue): Overlay {
  const parsed = OVERLAY.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new UserError('invalid', {
    code: 'overlay_invalid',
    message: `overlay${place === '' ? '' : `.${place}`}: ${issue?.message ?? 'does not fit'}`,
    hint: 'An overlay has key, title, categories, baseUrl, only, and actions by "METHOD /path" or operation id.',
    details: { field: place },
  });
}
