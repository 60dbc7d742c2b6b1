import type { JsonValue } from '@millwright/core';
import { z } from 'zod';

/** An id in a path or body: a prefix and 20 to 64 letters and digits. */
export const idField = z.string().regex(/^[a-z]+_[0-9a-z]{20,64}$/, 'not an id');

/** A moment: ISO 8601, UTC, milliseconds. */
export const timeField = z.iso.datetime();

/** Any JSON value. */
export const jsonField = z.unknown() as z.ZodType<JsonValue, JsonValue>;

/** A person's e-mail address, stored in lower case. At most 254 characters. */
export const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** A password that is being set: 10 to 128 characters. */
export const newPasswordField = z.string().min(10).max(128);

/** A name that people see: 1 to 200 characters after trimming. */
export const nameField = z.string().trim().min(1).max(200);

/** A person as others see her. */
export const personSchema = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

/** How lists are asked for: at most `limit` entries (1 to 200, default 50) after `cursor`. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number<string | number>().int().min(1).max(200).default(50),
};

/**
 * How lists are answered: `nextCursor` is null on the last page.
 * @param item schema of one entry
 */
export function pageOf<S extends z.ZodType>(item: S): z.ZodObject<{ items: z.ZodArray<S>; nextCursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
