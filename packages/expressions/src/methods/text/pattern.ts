import type { Pattern } from '../../runtime/pattern.ts';
import { matchOnce } from './matching.ts';
import type { MethodTable } from '../spec.ts';

/** What a regular expression can do. It keeps no position between calls. */
export const patternMethods: MethodTable<Pattern> = {
  test: {
    signature: '(text)',
    doc: 'Whether a text matches',
    example: "/\\d/.test('a1')",
    perform: (self, args, run) => matchOnce(self, args.text(0), run) !== undefined,
  },
  exec: {
    signature: '(text)',
    doc: 'The first find with its groups, or null',
    example: "/(\\d)/.exec('a1')",
    perform: (self, args, run) => matchOnce(self, args.text(0), run)?.groups ?? null,
  },
};
