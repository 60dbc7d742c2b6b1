import { expect, it } from 'vitest';
import nodePackage from './index.ts';

it('the webhook and the manual start are triggers, in English and German', () => {
  expect(nodePackage.nodes.map(({ kind, info }) => [kind, info.type, info.effect])).toEqual([
    ['trigger', 'core.webhook', 'pure'],
    ['trigger', 'core.manual', 'pure'],
  ]);
  expect(nodePackage.locales['de']?.['core.manual']?.['title']).toBe('Von Hand starten');
});
