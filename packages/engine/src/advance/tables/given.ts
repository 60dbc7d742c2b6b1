import { InvariantError } from '@millwright/core';

/** An object without what is undefined in it. */
type Given<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** What is there of these: states are their own JSON round trip. */
export function given<T extends object>(all: T): Given<T> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(all)) if (value !== undefined) kept[key] = value;
  return kept as Given<T>;
}

/** What has to be there. @throws InvariantError where it is not */
export function there<T>(found: T | undefined, code: string, message: string): T {
  if (found === undefined) throw new InvariantError({ code, message });
  return found;
}
