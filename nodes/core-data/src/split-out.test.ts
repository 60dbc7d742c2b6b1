import type { JsonObject, JsonValue } from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { aggregate } from './aggregate.ts';
import { splitOut } from './split-out.ts';

async function split(parameters: JsonObject, json: JsonValue) {
  const { ports } = await runAction(splitOut, { parameters, items: [{ json: {} }, { json }], itemIndex: 1 });
  return ports['main']?.map((item) => item.json);
}

async function collected(parameters: JsonObject, list: readonly JsonValue[]) {
  const { ports } = await runAction(aggregate, { parameters, items: list.map((json) => ({ json })), itemIndex: -1 });
  return ports['main'];
}

describe('split out', () => {
  const order = { id: 7, lines: [{ sku: 'a' }, { sku: 'b' }], tags: ['x', 'y'], deep: { list: [1] }, none: null };

  it('entries with fields become items, plain ones keep the name of the list', async () => {
    expect(await split({ field: 'lines' }, order)).toEqual([{ sku: 'a' }, { sku: 'b' }]);
    expect(await split({ field: 'tags' }, order)).toEqual([{ tags: 'x' }, { tags: 'y' }]);
    expect(await split({ field: 'deep.list' }, order)).toEqual([{ list: 1 }]);
    expect(await split({ field: 'tags', name: 'tag.name' }, order)).toEqual([{ tag: { name: 'x' } }, { tag: { name: 'y' } }]);
  });

  it('keeps the other fields where asked', async () => {
    expect(await split({ field: 'tags', include: 'others', name: 'tag' }, { id: 7, tags: ['x'] })).toEqual([{ id: 7, tag: 'x' }]);
    expect(await split({ field: 'tags', include: 'others' }, { id: 7, tags: ['x'] })).toEqual([{ id: 7, tags: 'x' }]);
    expect(await split({ field: 'a.b', include: 'others', name: 'c' }, { a: { b: [1], d: 2 } })).toEqual([{ a: { d: 2 }, c: 1 }]);
  });

  it('gives nothing of null, one of a plain value, the values of an object, and an error for a missing field', async () => {
    expect(await split({ field: 'none' }, order)).toEqual([]);
    expect(await split({ field: 'id' }, order)).toEqual([{ id: 7 }]);
    expect(await split({ field: 'deep' }, order)).toEqual([{ deep: [1] }]);
    await expect(split({ field: 'lnies' }, order)).rejects.toMatchObject({ code: 'field_missing', details: { field: 'field' } });
    expect(await split({ field: 'lnies', missing: 'skip' }, order)).toEqual([]);
  });

  it('each item knows where it came from', async () => {
    const { ports } = await runAction(splitOut, {
      parameters: { field: 'l' },
      items: [{ json: {} }, { json: { l: [1, 2] } }],
      itemIndex: 1,
    });
    expect(ports['main']?.map((item) => item.from)).toEqual([[1], [1]]);
  });
});

describe('aggregate', () => {
  const list = [{ n: 1, tags: ['a'] }, { n: null, tags: ['b', 'c'] }, { tags: [] }];

  it('makes one item of all, which comes from all', async () => {
    expect(await collected({ name: 'rows.all' }, list)).toEqual([{ json: { rows: { all: list } }, from: [0, 1, 2] }]);
  });

  it('makes a list of each field; missing values are left out or keep their place', async () => {
    const fields = [{ field: 'n' }, { field: 'tags', name: 'labels' }];
    expect((await collected({ mode: 'fields', fields }, list))?.[0]?.json).toEqual({ n: [1], labels: [['a'], ['b', 'c'], []] });
    expect((await collected({ mode: 'fields', fields, keepMissing: true, flatten: true }, list))?.[0]?.json).toEqual({
      n: [1, null, null],
      labels: ['a', 'b', 'c'],
    });
  });

  it('refuses a field that no item has', async () => {
    await expect(collected({ mode: 'fields', fields: [{ field: 'm' }] }, list)).rejects.toMatchObject({ code: 'field_missing' });
  });
});
