import { expect, it } from 'vitest';
import nodePackage from './index.ts';

it('a webhook, a start by hand, a call and a failure are triggers, in English and German', () => {
  expect(nodePackage.nodes.map(({ kind, info }) => [kind, info.type, info.effect])).toEqual([
    ['trigger', 'core.webhook', 'pure'],
    ['trigger', 'core.manual', 'pure'],
    ['trigger', 'core.calledTrigger', 'pure'],
    ['trigger', 'core.errorTrigger', 'pure'],
  ]);
  expect(nodePackage.locales['de']?.['core.manual']?.['title']).toBe('Von Hand starten');
});
