import { canonicalJson, type JsonObject, type JsonValue } from '@millwright/core';
import { objectOf, originsOf, type ModelItem } from './items.ts';

type Inputs = Readonly<Record<string, readonly ModelItem[]>>;
type Lists = readonly (readonly ModelItem[])[];
type Clash = 'last' | 'first' | 'suffix';

/**
 * What a merge gives, from the texts of its parameters.
 * @param ports inputs to which something leads, in order
 */
export function merged(parameters: JsonObject, inputs: Inputs, ports: readonly string[]): readonly ModelItem[] {
  const lists = ports.map((port) => inputs[port] ?? []);
  const clash = (parameters['clash'] ?? 'last') as Clash;
  switch (parameters['mode'] ?? 'append') {
    case 'position':
      return byPosition(lists, clash, parameters['unpaired'] === true);
    case 'key':
      return byKey(parameters, lists, clash);
    case 'combinations':
      return combinations(lists, clash);
    case 'choose':
      return inputs[`in${Number(parameters['choose'] ?? 1)}`] ?? [];
    default:
      return lists.flat();
  }
}

interface Part {
  readonly input: number;
  readonly item: ModelItem;
}

/** Fields of several items in one; `suffix`: fields that several have get the number of their input. */
function joined(parts: readonly Part[], clash: Clash): ModelItem {
  const fields: Record<string, JsonValue> = {};
  const owners = new Map<string, Part[]>();
  for (const part of parts) for (const key of Object.keys(objectOf(part.item.json))) owners.set(key, [...(owners.get(key) ?? []), part]);
  for (const [key, having] of owners) {
    const valueOf = (part: Part | undefined): JsonValue => (part === undefined ? null : (objectOf(part.item.json)[key] ?? null));
    if (having.length === 1 || clash === 'last') fields[key] = valueOf(having.at(-1));
    else if (clash === 'first') fields[key] = valueOf(having[0]);
    else for (const part of having) fields[`${key}_${part.input}`] = valueOf(part);
  }
  return { json: fields, origins: originsOf(parts.map(({ item }) => item)) };
}

function byPosition(lists: readonly (readonly ModelItem[])[], clash: Clash, keepsUnpaired: boolean): readonly ModelItem[] {
  const lengths = lists.map((list) => list.length);
  const count = keepsUnpaired ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length: count }, (_, index) =>
    joined(
      lists.flatMap((list, at) => (list[index] === undefined ? [] : [{ input: at + 1, item: list[index] }])),
      clash,
    ),
  );
}

/** What is not wired takes no part: one input alone gives what it has. */
function combinations([in1 = [], in2]: Lists, clash: Clash): readonly ModelItem[] {
  if (in2 === undefined) return in1;
  return in1.flatMap((left) =>
    in2.map((right) =>
      joined(
        [
          { input: 1, item: left },
          { input: 2, item: right },
        ],
        clash,
      ),
    ),
  );
}

function byKey(parameters: JsonObject, [in1 = [], in2]: Lists, clash: Clash): readonly ModelItem[] {
  if (in2 === undefined) return in1;
  const keys = parameters['keys'] as readonly { readonly left: string; readonly right: string }[];
  const keep = parameters['join'] ?? 'inner';
  const matches = (left: ModelItem, right: ModelItem): boolean =>
    keys.every((key) => isSame(objectOf(left.json)[key.left], objectOf(right.json)[key.right]));
  const taken = new Set<ModelItem>();
  const rows: ModelItem[] = [];
  for (const left of in1) {
    const partners = in2.filter((right) => matches(left, right));
    for (const right of partners) taken.add(right);
    const pairs = partners.map((right) =>
      joined(
        [
          { input: 1, item: left },
          { input: 2, item: right },
        ],
        clash,
      ),
    );
    if (keep !== 'anti') rows.push(...pairs);
    if (partners.length === 0 && (keep === 'left' || keep === 'full' || keep === 'anti')) rows.push(left);
  }
  if (keep === 'right' || keep === 'full') rows.push(...in2.filter((right) => !taken.has(right)));
  return rows;
}

/** What is missing or empty matches nothing. */
function isSame(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined || left === null || right === null || left === '' || right === '') return false;
  return canonicalJson(left) === canonicalJson(right);
}
