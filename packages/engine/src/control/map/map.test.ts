import { describe, expect, it } from 'vitest';
import { mapDefinition } from './definition.ts';
import { mapPlan } from './plan.ts';

describe('map', () => {
  it('has an inner way in and an inner way out, which the plan names', () => {
    expect(mapDefinition.outputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual(['each']);
    expect(mapDefinition.inputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual([mapPlan.container?.exit]);
  });

  it('takes its window and what to do on errors as fixed values: the engine knows them before any item', () => {
    for (const name of ['window', 'onItemError'])
      expect(mapDefinition.parameters['properties']).toMatchObject({
        [name]: { default: expect.anything(), field: { expression: false } },
      });
  });
});
