import { expect, it } from 'vitest';
import { callOf, HAS_BWRAP, outcomeOf, withRunner } from './testing.ts';

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

it.skipIf(!HAS_BWRAP)('Python has the roots that n8n’s programs use, and says what there is instead of static data', async () => {
  await withRunner({ spares: 0 }, async (runner) => {
    if (!runner.status().python) return;
    const data = {
      nodes: { Lead: { items: [{ json: { n: 1 } }, { json: { n: 2 } }] } },
      previous: { name: 'Before', params: { city: 'Oslo' }, context: { round: 2 } },
    };
    const source =
      "return {'of': [_node['Lead'].json['n'], _input.params['city'], _input.context['round'], _prevNode.name, _input.item.json.name]}";
    const { items } = await runner.run(callOf(source, { language: 'python', data }));
    expect(items[0]?.json).toEqual({ of: [1, 'Oslo', 2, 'Before', 'Ada'] });
    const kept = callOf("_getWorkflowStaticData('global')['count'] = 1", { language: 'python' });
    expect(await outcomeOf(runner, kept)).toMatchObject({ code: 'code_no_static_data' });
  });
});
