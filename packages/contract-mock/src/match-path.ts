import type { OperationEntry } from '@millwright/openapi';

/** An operation whose path has the shape of an address, with the texts in place of its names. */
export interface PathMatch {
  readonly entry: OperationEntry;
  readonly values: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly entry: OperationEntry;
  readonly expression: RegExp;
  readonly names: readonly string[];
  /** Characters that are no names: `/users/me` is meant before `/users/{id}`. */
  readonly literal: number;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function toPattern(entry: OperationEntry, spanning: ReadonlySet<string>): Pattern {
  const names: string[] = [];
  const path = entry.path.split('#')[0]?.split('?')[0] ?? '';
  const parts = path.split(/\{([^{}]+)\}/);
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return escape(part);
    names.push(part);
    return spanning.has(part) ? '(.+?)' : '([^/]+?)';
  });
  const literal = parts.filter((_part, index) => index % 2 === 0).join('').length;
  return { entry, expression: new RegExp(`^${source.join('')}/?$`), names, literal };
}

/** Finds operations by path. Patterns are made when a path of their first segment is asked for. */
export class PathTable {
  readonly #byFirst = new Map<string, OperationEntry[]>();
  readonly #open: OperationEntry[] = [];
  readonly #made = new Map<OperationEntry, Pattern>();
  readonly #spanning: ReadonlySet<string>;

  /** @param spanning names of path parameters that may hold slashes */
  constructor(entries: readonly OperationEntry[], spanning: ReadonlySet<string>) {
    this.#spanning = spanning;
    for (const entry of entries) {
      const first = entry.path.split(/[/?#]/)[1] ?? '';
      if (first.includes('{')) this.#open.push(entry);
      else this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), entry]);
    }
  }

  #pattern(entry: OperationEntry): Pattern {
    const known = this.#made.get(entry);
    if (known) return known;
    const made = toPattern(entry, this.#spanning);
    this.#made.set(entry, made);
    return made;
  }

  /** Every operation whose path has the shape of an encoded path, the most literal first; of any method. */
  find(path: string): readonly PathMatch[] {
    const first = path.split('/')[1] ?? '';
    const near = [...(this.#byFirst.get(decoded(first)) ?? []), ...this.#open];
    const hits = near.flatMap((entry) => {
      const pattern = this.#pattern(entry);
      const match = pattern.expression.exec(path) ?? pattern.expression.exec(decoded(path));
      return match ? [{ pattern, match }] : [];
    });
    const most = Math.max(0, ...hits.map(({ pattern }) => pattern.literal));
    return hits
      .filter(({ pattern }) => pattern.literal === most)
      .map(({ pattern, match }) => ({
        entry: pattern.entry,
        values: Object.fromEntries(pattern.names.map((name, index) => [name, decoded(match[index + 1] ?? '')])),
      }));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
