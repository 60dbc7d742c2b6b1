import { workflowDocumentSchema } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { toCanvas } from './canvas.ts';
import { generate } from './generate.ts';
import { planOf } from './plan-of.ts';
import type { Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';

const typesOf = ({ document }: Scenario): readonly string[] => (document.nodes ?? []).map(({ type }) => type);
const hasMerge = (scenario: Scenario): boolean => typesOf(scenario).includes('core.merge');

describe('scenarios', () => {
  it('follow from their seed alone, compile, and have every kind of node', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const scenario = generate(seed);
      expect(generate(seed)).toEqual(scenario);
      expect(() => planOf(scenario.document)).not.toThrow();
      for (const type of typesOf(scenario)) seen.add(type);
    }
    for (const type of ['if', 'switch', 'filter', 'merge', 'loop', 'map', 'try', 'compensate', 'wait', 'stop', 'noOp', 'callWorkflow'])
      expect(seen).toContain(`core.${type}`);
  });

  it('that fail are made small, and can be opened on a canvas', async () => {
    const seed =
      Array.from({ length: 300 }, (_, one) => one).find((one) => hasMerge(generate(one)) && typesOf(generate(one)).length > 10) ?? 0;
    const small = await shrink(generate(seed), (smaller) => Promise.resolve(hasMerge(smaller)));
    expect(typesOf(small).length).toBeLessThanOrEqual(4);
    expect([small.items, small.events]).toEqual([[], []]);
    const drawn = workflowDocumentSchema.parse(toCanvas(small));
    expect(drawn.nodes.map(({ type }) => type)).not.toContainEqual(expect.stringMatching(/^test\./));
  });
});
