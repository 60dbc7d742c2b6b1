import { describe, expect, it } from 'vitest';
import { compensateDefinition } from './definition.ts';
import { compensatePlan } from './plan.ts';

describe('compensate', () => {
  it('has an inner way in and an inner way out, which the plan names', () => {
    expect(compensateDefinition.outputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual(['do', 'undo']);
    expect(compensateDefinition.inputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual([
      compensatePlan.container?.exit,
    ]);
  });
});
