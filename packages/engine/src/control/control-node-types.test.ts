import { describe, expect, it } from 'vitest';
import { controlComputes, controlNodeTypes } from '../index.ts';
import { controlPlans } from './plans.ts';
import { controlKeyOf } from './types.ts';

describe('control node types', () => {
  it('each have a plan, a compute, and German texts for every titled parameter', () => {
    for (const info of controlNodeTypes) {
      const key = controlKeyOf(info.type) ?? '';
      expect(Object.keys(controlPlans)).toContain(key);
      expect(Object.keys(controlComputes)).toContain(key);
      const names = Object.keys(info.parameters['properties'] ?? {});
      expect(Object.keys(info.locales['de'] ?? {})).toEqual(
        expect.arrayContaining(['title', 'description', ...names.map((name) => `parameters.${name}.title`)]),
      );
    }
  });

  it('say how they are called', () => {
    expect(controlNodeTypes.map((info) => [info.title, info.locales['de']?.['title']])).toEqual([
      ['If', 'Wenn'],
      ['Wait', 'Warten'],
      ['Respond to webhook', 'Webhook beantworten'],
    ]);
  });
});
