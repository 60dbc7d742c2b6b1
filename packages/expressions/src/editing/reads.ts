import type { Reference, ReadOf } from './references.ts';

/** What an expression reads of the data of one place, as far as the source says it. */
export interface Reads {
  readonly of: ReadOf;
  /** `node`: its id or name. */
  readonly node?: string;
  /** Paths that are read, each with everything below it; `[[]]` is everything. Of items: below `json`. */
  readonly paths: readonly (readonly string[])[];
}

/** A variable or environment name that an expression mentions. */
export interface Mention {
  /** Undefined: computed, hence any of them. */
  readonly name: string | undefined;
  /** Nothing is wrong when it is not there. */
  readonly isOptional: boolean;
  readonly start: number;
  readonly end: number;
}

/** Which fields of which places are read, for plans and lineage: paths per node, those covered by a shorter one left out. */
export function readsOf(found: readonly Reference[]): readonly Reads[] {
  const places = Map.groupBy(
    found.filter(({ isData, isList }) => isData || isList),
    ({ of, node }) => `${of} ${node?.name ?? ''}`,
  );
  return [...places.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const paths = uncovered(group.map(({ keys, isList }) => (isList ? [] : keys.map(({ name }) => name))));
    return [{ of: first.of, ...(first.node === undefined ? {} : { node: first.node.name }), paths }];
  });
}

/** The shortest paths that say it all. */
function uncovered(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const kept: (readonly string[])[] = [];
  for (const path of paths.toSorted((a, b) => a.length - b.length))
    if (!kept.some((one) => one.every((key, index) => key === path[index]))) kept.push(path);
  return kept;
}

/** The variables (`vars`) or environment names (`env`) among references. */
export function mentionsOf(found: readonly Reference[], of: 'vars' | 'env'): readonly Mention[] {
  return found
    .filter((one) => one.of === of)
    .map(({ keys: [key], start, end }) => ({
      name: key?.name,
      isOptional: key?.isOptional ?? true,
      start: key === undefined ? start : key.start,
      end: key === undefined ? end : key.end,
    }));
}
