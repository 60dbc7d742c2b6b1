import { z } from '@millwright/node-sdk';

/** Methods that a step may send. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
/** One parameter or header. */
export const NAMED = z.strictObject({
  name: z.string().max(1000),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).default(''),
});

/** Those that have a name and a value, as text. */
export function named(list: readonly z.output<typeof NAMED>[]): [string, string][] {
  return list.filter(({ name, value }) => name !== '' && value !== null).map(({ name, value }) => [name, String(value)]);
}

/** The address with its parameters; those that are written into it stay. */
export function withQuery(url: string, query: readonly z.output<typeof NAMED>[]): string {
  const added = new URLSearchParams(named(query));
  if (added.size === 0) return url;
  const [address = '', fragment] = url.split('#', 2);
  return `${address}${address.includes('?') ? '&' : '?'}${added.toString()}${fragment === undefined ? '' : `#${fragment}`}`;
}
