import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, columnLetters, namedRow } from './cells.ts';
import { matchRows, toCells } from './place-rows.ts';

describe('a table by the names of its columns', () => {
  it('columns are lettered as Sheets does', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 18_277].map((index) => columnLetters('A', index))).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
      'ZZZ',
    ]);
    expect(columnLetters('C', 25)).toBe('AB');
  });

  it('letters go on where they stopped', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (one, two) => columnLetters(columnLetters('A', one), two) === columnLetters('A', one + two)),
    );
  });

  it('cells of columns that a row does not name stay as they are; lists and objects become JSON', () => {
    expect(toCells({ b: [1], rowNumber: 7 }, ['a', '', 'b'], 'refuse')).toEqual([null, null, '[1]']);
  });

  it('a field without a column is an error that names the columns, unless it is to be left out', () => {
    expect(() => toCells({ c: 1 }, ['a', '', 'b'], 'refuse')).toThrow('no column is called "c"');
    expect(toCells({ c: 1, a: 2 }, ['a', ''], 'ignore')).toEqual([2, null]);
  });

  it('rows with a key that is there change the first that has it; two new ones with one key become one', () => {
    const rows = [
      { key: 'x', a: 1 },
      { key: 2, a: 2 },
      { key: 'new', a: 3 },
      { key: 'new', b: 4 },
      { key: 'x', b: 5 },
    ];
    const { changed, fresh } = matchRows(rows, { key: 'key', column: ['x', '2', 'x'], first: 2 });
    expect([...changed]).toEqual([
      [2, { key: 'x', a: 1, b: 5 }],
      [3, { key: 2, a: 2 }],
    ]);
    expect(fresh).toEqual([{ key: 'new', a: 3, b: 4 }]);
  });

  it('a row without a value for the key is refused', () => {
    expect(() => matchRows([{ a: 1 }], { key: 'key', column: [], first: 2 })).toThrow('no value for "key"');
  });

  it('a row that was read has its number and its fields by the header; columns without a name go by their letters', () => {
    const rows = [['Ada', 36, { x: 1 }], ['Grace'], 'no row'];
    const of = { header: [' Name ', ''], rows, firstRow: 5, from: 'C' };
    expect(rows.map((row) => namedRow(row, of))).toEqual([
      { rowNumber: 5, Name: 'Ada', D: 36, E: '{"x":1}' },
      { rowNumber: 6, Name: 'Grace' },
      { rowNumber: 7 },
    ]);
  });

  it('a sheet with a quote in its name is quoted as spreadsheets do', () => {
    expect(cellsOf("Ada's", 'A1:B2')).toBe("'Ada''s'!A1:B2");
  });
});
