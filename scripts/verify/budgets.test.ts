import { describe, expect, it } from 'vitest';
import { checkFiles } from './budgets.ts';

const file = (lines: number) => ({ path: 'packages/core/src/a.ts', text: 'x;\n'.repeat(lines), isTest: false });
const none = { lines: {}, functions: {}, folders: {} };

describe('file budgets', () => {
  it('allow 300 lines and refuse 301', () => {
    expect(checkFiles([file(300)], none)).toEqual([]);
    expect(checkFiles([file(301)], none)).toHaveLength(1);
  });

  it('hold an exception to its number, so that it only shrinks', () => {
    const exceptions = (allow: number) => ({ ...none, lines: { 'packages/core/src/a.ts': { allow, why: 'a table' } } });
    expect(checkFiles([file(320)], exceptions(320))).toEqual([]);
    expect(checkFiles([file(321)], exceptions(320))).toHaveLength(1);
    expect(checkFiles([file(310)], exceptions(320))).toHaveLength(1);
  });

  it('refuse a folder with 16 files', () => {
    const files = Array.from({ length: 16 }, (_, i) => ({ ...file(1), path: `packages/core/src/f${i}.ts` }));
    expect(checkFiles(files, none)).toHaveLength(1);
  });
});
