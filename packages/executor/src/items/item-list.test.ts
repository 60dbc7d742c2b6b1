import fc from 'fast-check';
import type { Item } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { sizeOf, smallSizeOf, type ItemList } from './item-list.ts';

function listOf(items: readonly Item[]): ItemList {
  return { id: 'a:0:main', nodeId: 'a', items, origins: new Map() };
}

const lists = fc
  .array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 40 })
  .map((values) => values.map((json): Item => ({ json: json as Item['json'] })));

describe('the size of a list', () => {
  it('is that of its JSON, however it is measured', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(2000), async (items, most) => {
        const bytes = Buffer.byteLength(JSON.stringify(items));
        expect(smallSizeOf(listOf(items), most)).toBe(bytes <= most ? bytes : undefined);
        expect(await sizeOf(listOf(items))).toBe(bytes);
      }),
    );
  });

  it('is known of a large list without reading it to its end', () => {
    let read = 0;
    const json = {
      get text() {
        read += 1;
        return 'x'.repeat(1000);
      },
    };
    expect(smallSizeOf(listOf(Array.from({ length: 1000 }, () => ({ json }))), 16_384)).toBeUndefined();
    expect(read).toBeLessThan(40);
  });
});
