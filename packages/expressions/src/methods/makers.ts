/** Functions of values that make a new list each time: what they gave may be changed by the expression that called them. */
const listMakers: ReadonlySet<string> = new Set(
  `append chunk compact concat difference entries fill filter flat flatMap intersection keys map match matchAll merge pluck removeDuplicates
  reverse slice sort splice split toReversed toSorted union unique values`.split(/\s+/u),
);

/** Functions under `Object`, `Array` and `JSON` that make something new. */
const makers: ReadonlySet<string> = new Set([
  'Array',
  'Array.from',
  'Array.of',
  'JSON.parse',
  'Object.assign',
  'Object.entries',
  'Object.fromEntries',
  'Object.keys',
  'Object.values',
]);

/** Whether a function of a value makes a new list each time. */
export function isListMaker(name: string): boolean {
  return listMakers.has(name);
}

/** Whether a function such as `Object.keys` makes something new each time. */
export function isMaker(name: string): boolean {
  return makers.has(name);
}
