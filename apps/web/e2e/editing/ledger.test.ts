import { describe, expect, it } from 'vitest';
import { complaints, endsOfLine, type Entry, takenFromOthers } from './ledger.ts';

function entry(who: string, place: string, value: string | null, [fromMs, toMs]: readonly [number, number]): Entry {
  return { who, place, value, fromMs, toMs, knewMs: fromMs };
}

const first = new Map([
  ['a', 'there'],
  ['a.url', 'first'],
]);

describe('the ledger of who wrote what', () => {
  it('finds a text that was lost', () => {
    const wrote = [entry('ana', 'a.url', '1 by ana', [0, 10])];
    expect(
      complaints(
        first,
        wrote,
        new Map([
          ['a', 'there'],
          ['a.url', '1 by ana'],
        ]),
      ),
    ).toEqual([]);
    expect(complaints(first, wrote, first)).toHaveLength(1);
  });

  it('lets either of two texts stand that were written at the same time, never an older one', () => {
    const wrote = [
      entry('ana', 'a.url', '1 by ana', [0, 10]),
      entry('bo', 'a.url', '2 by bo', [20, 30]),
      entry('ana', 'a.url', '3 by ana', [25, 35]),
    ];
    for (const [url, count] of [
      ['2 by bo', 0],
      ['3 by ana', 0],
      ['1 by ana', 1],
      ['first', 1],
    ] as const)
      expect(
        complaints(
          first,
          wrote,
          new Map([
            ['a', 'there'],
            ['a.url', url],
          ]),
        ),
      ).toHaveLength(count);
  });

  it('lets what was written without a network stand beside what others wrote meanwhile', () => {
    const wrote = [
      entry('ana', 'a.url', '1 by ana', [10, 11]),
      { ...entry('bo', 'a.url', '2 by bo', [20, 50]), knewMs: 5 },
      { ...entry('bo', 'a.url', '3 by bo', [30, 50]), knewMs: 5 },
    ];
    for (const [url, count] of [
      ['1 by ana', 0],
      ['2 by bo', 1],
      ['3 by bo', 0],
    ] as const)
      expect(
        complaints(
          first,
          wrote,
          new Map([
            ['a', 'there'],
            ['a.url', url],
          ]),
        ),
      ).toHaveLength(count);
  });

  it('finds a step that is gone though nobody deleted it, and one that came back', () => {
    expect(complaints(first, [], new Map())).toHaveLength(1);
    expect(complaints(first, [entry('bo', 'a', null, [0, 1])], first)).toHaveLength(1);
    expect(complaints(first, [entry('bo', 'a', null, [0, 1])], new Map())).toEqual([]);
  });

  it('finds a label that was lost while its line is there, and a line that nobody took away', () => {
    const line = 'a:main->b:main';
    const drawn = new Map([
      ['a', 'there'],
      ['b', 'there'],
      [line, 'there'],
    ]);
    const labelled = new Map([...drawn, [`${line}.label`, '1 by ana']]);
    const wrote = [entry('ana', `${line}.label`, '1 by ana', [0, 10])];
    expect(complaints(drawn, wrote, labelled)).toEqual([]);
    expect(complaints(drawn, wrote, drawn)).toHaveLength(1);
    expect(complaints(drawn, [], new Map([...drawn].filter(([place]) => place !== line)))).toHaveLength(1);
    expect(endsOfLine(`${line}.label`)).toEqual([]);
  });

  it('lets a line go with its steps, and come back with what stood at it then', () => {
    const line = 'a:main->b:main';
    const drawn = new Map([
      ['a', 'there'],
      ['b', 'there'],
      [line, 'there'],
    ]);
    const wrote = [
      entry('ana', 'b', null, [0, 10]),
      entry('bo', `${line}.label`, '1 by bo', [5, 15]),
      entry('ana (undo)', 'b', 'there', [20, 30]),
      entry('ana (undo)', `${line}.label`, null, [20, 30]),
    ];
    expect(complaints(drawn, wrote.slice(0, 2), new Map([['a', 'there']]))).toEqual([]);
    expect(complaints(drawn, wrote, drawn)).toEqual([]);
    expect(complaints(drawn, wrote, new Map([...drawn, [`${line}.label`, '1 by bo']]))).toHaveLength(1);
  });

  it('finds what an undo took from somebody else', () => {
    const before = new Map([
      ['a', 'there'],
      ['a.url', '2 by bo'],
      ['a.name', '1 by ana'],
    ]);
    expect(
      takenFromOthers(
        'ana',
        before,
        new Map([
          ['a', 'there'],
          ['a.url', '2 by bo'],
          ['a.name', 'A'],
        ]),
      ),
    ).toEqual([]);
    expect(
      takenFromOthers(
        'ana',
        before,
        new Map([
          ['a', 'there'],
          ['a.url', 'first'],
          ['a.name', '1 by ana'],
        ]),
      ),
    ).toHaveLength(1);
  });
});
