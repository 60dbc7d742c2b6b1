import { isJsonObject, type JsonValue } from '@millwright/core';
import { kindOf } from '../runtime/value.ts';

/** The types that samples can have. */
export type ShapeType = 'text' | 'number' | 'boolean' | 'nothing' | 'list' | 'object';

/** What samples of one place look like. */
export interface Shape {
  /** Every type that was seen, the most frequent first. None: nothing was seen. */
  readonly types: readonly ShapeType[];
  /** Fields of the objects among them, in the order in which they were seen. */
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** What elements of the lists among them look like; undefined where all were empty. */
  readonly element: Shape | undefined;
  /** There was more than was looked at: what is not here may be there. */
  readonly isPartial: boolean;
}

/** A field of objects. */
export interface FieldShape {
  readonly shape: Shape;
  /** Some of the objects do not have it. */
  readonly isOptional: boolean;
}

/** How much is looked at. */
const BOUNDS = { samples: 100, depth: 12, fields: 500, elements: 50, values: 20_000 };

/** What items look like, inferred from samples of them; looks at 100 samples and 20,000 values at most. */
export function inferShape(samples: readonly JsonValue[]): Shape {
  const budget = { left: BOUNDS.values };
  const place = new Place();
  for (const sample of samples.slice(0, BOUNDS.samples)) place.see(sample, 0, budget);
  if (samples.length > BOUNDS.samples) place.isPartial = true;
  return place.shape();
}

class Place {
  readonly #counts = new Map<ShapeType, number>();
  readonly #fields = new Map<string, { readonly place: Place; seen: number }>();
  #element: Place | undefined;
  isPartial = false;

  see(value: JsonValue, depth: number, budget: { left: number }): void {
    budget.left -= 1;
    if (budget.left < 0) {
      this.isPartial = true;
      return;
    }
    const type = typeOf(value);
    this.#counts.set(type, (this.#counts.get(type) ?? 0) + 1);
    if (typeof value !== 'object' || value === null) return;
    if (depth >= BOUNDS.depth) this.isPartial = true;
    else if (isJsonObject(value)) for (const [key, inner] of Object.entries(value)) this.#seeField(key)?.see(inner, depth + 1, budget);
    else {
      this.#element ??= new Place();
      for (const inner of value.slice(0, BOUNDS.elements)) this.#element.see(inner, depth + 1, budget);
      if (value.length > BOUNDS.elements) this.#element.isPartial = true;
    }
  }

  #seeField(key: string): Place | undefined {
    const known = this.#fields.get(key);
    if (known !== undefined) {
      known.seen += 1;
      return known.place;
    }
    if (this.#fields.size >= BOUNDS.fields) {
      this.isPartial = true;
      return undefined;
    }
    const place = new Place();
    this.#fields.set(key, { place, seen: 1 });
    return place;
  }

  shape(): Shape {
    const objects = this.#counts.get('object') ?? 0;
    const fields = [...this.#fields].map(([key, { place, seen }]): [string, FieldShape] => [
      key,
      { shape: place.shape(), isOptional: seen < objects },
    ]);
    const element = this.#element?.shape();
    return {
      types: [...this.#counts].toSorted((a, b) => b[1] - a[1]).map(([type]) => type),
      fields: new Map(fields),
      element: element === undefined || element.types.length === 0 ? undefined : element,
      isPartial: this.isPartial,
    };
  }
}

function typeOf(value: JsonValue): ShapeType {
  // JSON has no value of another kind.
  return kindOf(value) as ShapeType;
}

/** What a path leads to: `missing` when no sample has it, `unknown` when that cannot be told. */
export type ShapeAt =
  | { readonly kind: 'shape'; readonly shape: Shape; readonly isOptional: boolean }
  | { readonly kind: 'missing'; readonly depth: number; readonly owner: Shape }
  | { readonly kind: 'unknown' };

/** Follows a path through a shape. @returns `missing` with the position of the key in the path, and what does not have it */
export function shapeAt(shape: Shape, path: readonly string[]): ShapeAt {
  let at = shape;
  let isOptional = false;
  for (const [depth, key] of path.entries()) {
    if (at.types.length === 0) return { kind: 'unknown' };
    const field = at.fields.get(key);
    const isPlace = at.types.includes('list') && /^\d+$/u.test(key);
    const next = field?.shape ?? (isPlace ? at.element : undefined);
    if (next === undefined) {
      const mayBe = at.isPartial || isPlace || (key === 'length' && (at.types.includes('list') || at.types.includes('text')));
      return mayBe || (/^\d+$/u.test(key) && at.types.includes('text')) ? { kind: 'unknown' } : { kind: 'missing', depth, owner: at };
    }
    isOptional ||= field?.isOptional === true || at.types.some((type) => type !== 'object' && type !== 'list') || field === undefined;
    at = next;
  }
  return { kind: 'shape', shape: at, isOptional };
}
