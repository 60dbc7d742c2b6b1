import { describe, expect, it } from 'vitest';
import { readTypeFaults } from './type-faults.ts';

describe('what the type checker printed', () => {
  it('becomes faults with their places; other packages are left out', () => {
    const output = [
      "nodes/acme/src/index.ts(3,7): error TS2322: Type 'number' is not assignable to type 'string'.",
      "  Types of property 'x' are incompatible.",
      "packages/core/src/ids.ts(1,1): error TS2304: Cannot find name 'y'.",
      "nodes/acmeother/src/index.ts(1,1): error TS2304: Cannot find name 'z'.",
    ].join('\n');
    expect(readTypeFaults(output, { root: '/checkout', dir: '/checkout/nodes/acme' })).toEqual([
      { text: "Type 'number' is not assignable to type 'string'.", at: { file: '/checkout/nodes/acme/src/index.ts', line: 3, column: 7 } },
    ]);
  });
});
