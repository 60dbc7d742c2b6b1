import type { FieldHints } from '@millwright/workflow';
import { z } from 'zod';

/** What a field says beside its title. */
export interface FieldTexts extends Pick<FieldHints, 'placeholder' | 'load' | 'showIf'> {
  readonly description?: string;
  /** Longest text, in UTF-16 units. */
  readonly max?: number;
}

/** What a list says beside its title. */
export interface ListTexts extends FieldTexts {
  /** Fewest entries. Default none. */
  readonly least?: number;
  /** Most entries. Default 100. */
  readonly most?: number;
}

function meta(title: string, { description, placeholder, load, showIf }: FieldTexts, control?: NonNullable<FieldHints['control']>) {
  const hints: FieldHints = {
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(load === undefined ? {} : { load }),
    ...(showIf === undefined ? {} : { showIf }),
    ...(control === undefined ? {} : { control }),
  };
  return { title, ...(description === undefined ? {} : { description }), field: hints };
}

/** Parameters in one line each: zod schemas with their form's hints. All are required; add `.optional()` or `.default(…)`. */
export const field = {
  /** One line, not empty. `max` default 1,000. */
  text: (title: string, texts: FieldTexts = {}) =>
    z
      .string()
      .min(1)
      .max(texts.max ?? 1000)
      .meta(meta(title, texts)),
  /** One line of a form that is given. */
  pattern: (title: string, pattern: RegExp, texts: Omit<FieldTexts, 'max'> = {}) => z.string().regex(pattern).meta(meta(title, texts)),
  /** Several lines. `max` default 65,536. */
  long: (title: string, texts: FieldTexts = {}) =>
    z
      .string()
      .max(texts.max ?? 65_536)
      .meta(meta(title, texts, 'multiline')),
  /** A whole number from 1. */
  int: (title: string, { most, ...texts }: FieldTexts & { readonly most?: number } = {}) =>
    (most === undefined ? z.int().min(1) : z.int().min(1).max(most)).meta(meta(title, texts, 'number')),
  /** A whole number that may come as a text: chosen from a list, or where a poll goes on. `least` default 0. */
  numeric: (title: string, { least = 0, ...texts }: FieldTexts & { readonly least?: number } = {}) =>
    z.coerce
      .number()
      .int()
      .min(least)
      .meta(meta(title, texts, texts.load === undefined ? 'number' : undefined)),
  /** One of several; values with their labels. */
  choice: <const T extends Readonly<Record<string, string>>>(title: string, options: T, texts: FieldTexts = {}) => {
    const described = meta(title, texts, 'options');
    return z.enum(Object.keys(options) as (keyof T & string)[]).meta({ ...described, field: { ...described.field, options } });
  },
  /** On or off. */
  flag: (title: string, texts: FieldTexts = {}) => z.boolean().meta(meta(title, texts, 'switch')),
  /** Up to 100 texts. */
  texts: (title: string, texts: FieldTexts = {}) =>
    z
      .array(
        z
          .string()
          .min(1)
          .max(texts.max ?? 1000),
      )
      .max(100)
      .meta(meta(title, texts, 'json')),
  /** A list of anything, written as JSON. */
  list: <T extends z.ZodType>(title: string, entry: T, { least, most = 100, ...texts }: ListTexts = {}) => {
    const all = z.array(entry).max(most);
    return (least === undefined ? all : all.min(least)).meta(meta(title, texts, 'json'));
  },
  /** A time like 2026-01-31T00:00:00Z. */
  time: (title: string, texts: FieldTexts = {}) =>
    z
      .string()
      .min(1)
      .max(100)
      .meta(meta(title, { description: 'A time like 2026-01-31T00:00:00Z.', ...texts }, 'dateTime')),
};
