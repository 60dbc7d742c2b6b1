import { failure } from './core.ts';
import { givenFiles, positions } from './roots.ts';
import { state } from './state.ts';

/** An item on its way out; short names, since there may be many. */
interface OutItem {
  json: unknown;
  from?: number[];
  files?: unknown;
}

const KNOWN = new Set(['json', 'files', 'binary', 'pairedItem', 'error', 'index', 'from']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What cannot be an item although it is an object. */
const isOdd = (value: object): boolean =>
  value instanceof Map || value instanceof Set || value instanceof Promise || value instanceof Date || value instanceof RegExp;

const invalid = (message: string): Error => failure('code_result_invalid', message);

function fromPaired(paired: unknown): number[] {
  const list: unknown[] = Array.isArray(paired) ? paired : [paired];
  return list.map((one) => {
    const at = isObject(one) ? one['item'] : one;
    if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at >= state.items.length)
      throw invalid(`pairedItem names item ${String(at)}, and there are ${state.items.length} input items`);
    return at;
  });
}

/** Where an item comes from: what the code says, or the very object that came in. */
function lineageOf(item: Record<string, unknown>): number[] | undefined {
  if (item['pairedItem'] !== undefined && item['pairedItem'] !== null) return fromPaired(item['pairedItem']);
  const at = positions.get(item) ?? (isObject(item['json']) ? positions.get(item['json']) : undefined);
  return at === undefined ? undefined : [at];
}

function outItem(value: unknown, where: string): OutItem {
  if (!isObject(value) || isOdd(value))
    throw invalid(`${where} is ${kindOf(value)}; an item is an object such as { json: { name: 'Ada' } }`);
  if (!('json' in value)) {
    const at = positions.get(value);
    return at === undefined ? { json: value } : { json: value, from: [at] };
  }
  const { json } = value;
  if (!isObject(json) || isOdd(json)) throw invalid(`json of ${where} is ${kindOf(json)}; it has to be an object`);
  for (const key of Object.keys(value))
    if (!KNOWN.has(key)) throw invalid(`${where} has the field "${key}" beside json: fields of the item belong inside json`);
  const files = filesOf(value);
  const from = lineageOf(value);
  return { json, ...(from === undefined ? {} : { from }), ...(files === undefined || files === null ? {} : { files }) };
}

/** By our name or n8n's: the one that the code set. */
function filesOf({ files, binary }: Record<string, unknown>): unknown {
  return binary !== undefined && binary !== null && (files === undefined || files === null || givenFiles.has(files)) ? binary : files;
}

/** What a value is, in words. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value.constructor === Object ? 'an object' : `a ${value.constructor?.name ?? 'thing'}`;
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

/** The items that code returned which runs once for all items: a list, or one thing; of items, or of plain objects. */
export function itemsOfAll(returned: unknown): OutItem[] {
  if (returned === undefined || returned === null)
    throw invalid('The code returned nothing. Return the items that the next node should get, such as: return $input.all();');
  const list: unknown[] = Array.isArray(returned) ? returned : [returned];
  const out = list.map((one, index) => outItem(one, `Item ${index}`));
  if (out.length !== state.items.length || out.some((one) => one.from !== undefined)) return out;
  for (const [index, one] of out.entries()) one.from = [index];
  return out;
}

/** The item that code returned which runs once per item; nothing drops the item. */
export function itemOfEach(returned: unknown): OutItem | undefined {
  if (returned === undefined || returned === null || returned === false) return undefined;
  if (Array.isArray(returned)) throw invalid('The code returned a list. Once per item it returns one item, or nothing');
  const item = outItem(returned, 'The result');
  return { ...item, from: item.from ?? [state.itemIndex] };
}

const { stringify } = JSON;

/** The result as text. @throws Error `code_result_invalid` for what JSON cannot say */
export function toText(items: readonly OutItem[]): string {
  try {
    return stringify(items);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.split('\n')[0] : 'unknown';
    throw invalid(`The result cannot be written as JSON: ${why}`);
  }
}
