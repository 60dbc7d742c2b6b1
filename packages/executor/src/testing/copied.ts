/**
 * A copy of plain data (objects, lists, texts, numbers), as a database would give it back: nobody shares it. `structuredClone` gives the
 * same, and took a sixteenth of the time of the simulations.
 */
export function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)])) as T;
}
