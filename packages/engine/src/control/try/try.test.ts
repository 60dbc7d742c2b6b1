import { describe, expect, it } from 'vitest';
import { tryDefinition } from './definition.ts';
import { tryPlan } from './plan.ts';

describe('try', () => {
  it('has an inner way in and an inner way out, which the plan names', () => {
    expect(tryDefinition.outputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual(['try', 'catch', 'finally']);
    expect(tryDefinition.inputs.filter((port) => port.inner === true).map((port) => port.name)).toEqual([tryPlan.container?.exit]);
  });
});
