import { expect, it } from 'vitest';
import { callOf, HAS_BWRAP, withRunner } from './testing.ts';

it.skipIf(!HAS_BWRAP)('Python reads parameters, context and whether a node ran, as JavaScript does', async () => {
  await withRunner({ spares: 0 }, async (runner) => {
    if (!runner.status().python) return;
    const nodes = {
      Lead: { items: [], params: { limit: 3 }, context: { currentRunIndex: 1 } },
      Late: { items: [], isExecuted: false },
    };
    const source =
      "a, b = _('Lead'), _('Late')\nreturn {'of': [a.params['limit'], a.context['currentRunIndex'], a.isExecuted, len(b.params), b.isExecuted]}";
    const { items } = await runner.run(callOf(source, { language: 'python', data: { nodes } }));
    expect(items[0]?.json).toEqual({ of: [3, 1, true, 0, false] });
  });
});
