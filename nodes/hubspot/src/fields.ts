import { z } from '@millwright/node-sdk';

/** The id of a record. */
export const recordId = (title: string) =>
  z
    .string()
    .min(1)
    .max(100)
    .meta({ title, description: 'Its id: the number at the end of its address.', field: { placeholder: '51401' } });

/** A line of text. */
export const text = (title: string, max = 500) => z.string().max(max).meta({ title });

/** Longer text; HubSpot shows HTML in it. */
export const note = (title: string) =>
  z
    .string()
    .min(1)
    .max(65_536)
    .meta({ title, field: { control: 'multiline' } });

/** A time; the run's where it is empty. */
export const time = (title: string) =>
  z
    .string()
    .refine((given) => !Number.isNaN(Date.parse(given)), 'is no time')
    .optional()
    .meta({ title, description: 'A time like 2026-01-31T00:00:00Z.', field: { control: 'dateTime' } });

const VALUE = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Values of any property, by its internal name. */
export const properties = z
  .array(z.strictObject({ name: z.string().min(1).max(100), value: VALUE.default('') }))
  .max(100)
  .default([])
  .meta({ title: 'More properties', description: 'By internal name. An empty value clears the property.', field: { control: 'keyValue' } });

/** Which properties come with a record. */
export const wanted = z
  .array(z.string().min(1).max(100))
  .max(200)
  .optional()
  .meta({ title: 'Properties', description: "Internal names of those to read. Empty: HubSpot's own choice.", field: { control: 'json' } });

/** Values as HubSpot takes them: texts. What was left out stays as it is. */
export function valuesOf(
  named: Readonly<Record<string, string | number | undefined>>,
  more: readonly { readonly name: string; readonly value: string | number | boolean | null }[],
): Readonly<Record<string, string>> {
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  return Object.fromEntries([...given, ...more.map(({ name, value }) => [name, value === null ? '' : String(value)] as const)]);
}
