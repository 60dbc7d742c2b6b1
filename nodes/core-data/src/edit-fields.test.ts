import { runAction } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { editFields } from './edit-fields.ts';
import nodePackage from './index.ts';

const item = { json: { name: 'Ada', address: { city: 'London' } } };

async function edited(
  parameters: Parameters<typeof runAction>[1]['parameters'],
  items: readonly { readonly json: never }[] | readonly (typeof item)[] = [item],
): Promise<unknown> {
  return (await runAction(editFields, { parameters, items })).ports['main']?.[0]?.json;
}

describe('edit fields', () => {
  it('sets fields and keeps the others', async () => {
    expect(
      await edited({
        assignments: [
          { name: 'priority', value: 'high' },
          { name: 'name', value: null },
        ],
      }),
    ).toEqual({ name: null, address: { city: 'London' }, priority: 'high' });
  });

  it('without the others only what is set remains', async () => {
    expect(await edited({ assignments: [{ name: 'a', value: [1] }], keepOther: false })).toEqual({ a: [1] });
  });

  it('dots go deeper, beside what is there, without changing the input', async () => {
    expect(await edited({ assignments: [{ name: 'address.zip.code', value: 1 }] })).toEqual({
      name: 'Ada',
      address: { city: 'London', zip: { code: 1 } },
    });
    expect(item.json.address).toEqual({ city: 'London' });
  });

  it('a field called __proto__ is a field', async () => {
    const json = await edited({ assignments: [{ name: '__proto__.polluted', value: true }], keepOther: false });
    expect(JSON.stringify(json)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('an item that is no object starts empty', async () => {
    expect(await edited({ assignments: [{ name: 'a', value: 1 }] }, [{ json: 'text' as never }])).toEqual({ a: 1 });
  });

  it('keeps lineage and files', async () => {
    const files = { doc: { id: 'blob_1' } };
    const { ports } = await runAction(editFields, { parameters: {}, items: [{ json: {} }, { json: {}, files }], itemIndex: 1 });
    expect(ports['main']).toEqual([{ json: {}, files, from: [1] }]);
  });

  it('over a whole list makes one item of each', async () => {
    const { ports } = await runAction(editFields, { parameters: {}, items: [{ json: { a: 1 } }, { json: { a: 2 } }], itemIndex: -1 });
    expect(ports['main']).toEqual([
      { json: { a: 1 }, from: [0] },
      { json: { a: 2 }, from: [1] },
    ]);
  });

  it('the package loads', () => {
    expect(nodePackage.nodes).toHaveLength(6);
  });
});
