import type { FieldHints } from '@millwright/workflow';
import { z } from 'zod';

/** What a field says beside its title. */
export interface FieldTexts extends Pick<FieldHints, 'placeholder' | 'load' | 'showIf'> {
  readonly description?: string;
  /** Longest text, in UTF-16 units. */
  readonly max?: number;
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
  /** Several lines. `max` default 65,536. */
  long: (title: string, texts: FieldTexts = {}) =>
    z
      .string()
      .max(texts.max ?? 65_536)
      .meta(meta(title, texts, 'multiline')),
  /** A whole number from 1. */
  int: (title: string, texts: FieldTexts = {}) =>
    z
      .int()
      .min(1)
      .meta(meta(title, texts, 'number')),
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
  /** A time like 2026-01-31T00:00:00Z. */
  time: (title: string, texts: FieldTexts = {}) =>
    z
      .string()
      .min(1)
      .max(100)
      .meta(meta(title, { description: 'A time like 2026-01-31T00:00:00Z.', ...texts }, 'dateTime')),
};
