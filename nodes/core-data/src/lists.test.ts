import { runAction } from '@millwright/node-sdk/testing';
import type { ActionDefinition, JsonObject, JsonValue } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { limit } from './limit.ts';
import { removeDuplicates } from './remove-duplicates.ts';
import { sort } from './sort.ts';

/** What a node makes of a list, and where each item came from. */
async function over(action: ActionDefinition, parameters: JsonObject, list: readonly JsonValue[]) {
  const { ports } = await runAction(action, { parameters, items: list.map((json) => ({ json })), itemIndex: -1 });
  return ports['main']?.map(({ json, from }) => [json, from?.[0]]);
}

describe('limit', () => {
  it('keeps the first or the last, and less where there is less', async () => {
    const list = [{ n: 1 }, { n: 2 }, { n: 3 }];
    expect(await over(limit, { max: 2 }, list)).toEqual([
      [{ n: 1 }, 0],
      [{ n: 2 }, 1],
    ]);
    expect(await over(limit, { max: 2, keep: 'last' }, list)).toEqual([
      [{ n: 2 }, 1],
      [{ n: 3 }, 2],
    ]);
    expect(await over(limit, { max: 9, keep: 'last' }, list)).toHaveLength(3);
  });
});

describe('sort', () => {
  const order = async (by: JsonValue, list: readonly JsonValue[], more: JsonObject = {}) =>
    (await over(sort, { by, ...more }, list))?.map(([, from]) => from);

  it('is stable, goes by several fields, and puts what is missing last either way', async () => {
    const list = [{ a: 2, b: 'x' }, { a: 10, b: 'y' }, { b: 'z' }, { a: 2, b: 'w' }];
    expect(await order([{ field: 'a' }], list)).toEqual([0, 3, 1, 2]);
    expect(await order([{ field: 'a', order: 'descending' }], list)).toEqual([1, 0, 3, 2]);
    expect(await order([{ field: 'a' }, { field: 'b' }], list)).toEqual([3, 0, 1, 2]);
  });

  it('compares texts as people do', async () => {
    const list = [{ n: 'item 10' }, { n: 'Item 2' }, { n: 'item 2' }, { n: 7 }];
    expect(await order([{ field: 'n' }], list)).toEqual([3, 1, 2, 0]);
    expect(await order([{ field: 'n' }], list, { matchCase: true })).toEqual([3, 2, 1, 0]);
  });

  it('refuses a field that no item has, and says which there are', async () => {
    await expect(order([{ field: 'nmae' }], [{ name: 'a' }])).rejects.toMatchObject({
      code: 'field_missing',
      hint: 'The items have: name.',
      details: { field: 'by' },
    });
  });
});

describe('remove duplicates', () => {
  const list = [
    { id: 1, at: 'a' },
    { at: 'a', id: 1 },
    { id: 1, at: 'b' },
    { id: '1', at: 'a' },
  ];

  it('keeps the first of equal items, whatever the order of their fields', async () => {
    expect((await over(removeDuplicates, {}, list))?.map(([, from]) => from)).toEqual([0, 2, 3]);
  });

  it('by some fields, or by all but some', async () => {
    expect((await over(removeDuplicates, { compare: 'selected', fields: [{ field: 'id' }] }, list))?.map(([, from]) => from)).toEqual([
      0, 3,
    ]);
    expect((await over(removeDuplicates, { compare: 'except', fields: [{ field: 'at' }] }, list))?.map(([, from]) => from)).toEqual([0, 3]);
    await expect(over(removeDuplicates, { compare: 'selected' }, list)).rejects.toMatchObject({ code: 'parameter_invalid' });
  });
});
