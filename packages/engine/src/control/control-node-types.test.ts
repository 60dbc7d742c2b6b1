import { describe, expect, it } from 'vitest';
import { controlComputes, controlNodeTypes } from '../index.ts';
import { controlPlans } from './plans.ts';
import { controlKeyOf } from './types.ts';

describe('control node types', () => {
  it('each have a plan, a compute, and German texts for every titled parameter', () => {
    // A call is an effect: the executor starts it. Containers are run by the engine itself.
    const own = controlNodeTypes.filter((info) => info.effect !== 'child');
    const keysOf = (infos: typeof own) => infos.map((info) => controlKeyOf(info.type) ?? '');
    expect(Object.keys(controlPlans)).toEqual(expect.arrayContaining(keysOf(own)));
    expect(Object.keys(controlComputes)).toEqual(expect.arrayContaining(keysOf(own.filter((info) => info.container !== true))));
    for (const info of controlNodeTypes) {
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
      ['Switch', 'Verteilen'],
      ['Filter', 'Filtern'],
      ['Merge', 'Zusammenführen'],
      ['Loop over items', 'Schleife über Elemente'],
      ['Stop with error', 'Mit Fehler beenden'],
      ['No operation', 'Nichts tun'],
      ['For each item', 'Für jedes Element'],
      ['Try', 'Versuchen'],
      ['Do and undo', 'Tun und rückgängig machen'],
      ['Call a workflow', 'Workflow aufrufen'],
    ]);
  });
});
