import { describe, expect, it } from 'vitest';
import { testType } from '../core/testing.ts';
import { fold, fuzzyScore } from './fuzzy.ts';
import { entriesFor, searchEntries } from './picker-entries.ts';

const types = [
  testType({
    type: 'core.wait',
    title: 'Wait',
    aliases: ['delay', 'warten', 'verzögerung'],
    category: 'logic',
    locales: { de: { title: 'Warten' } },
  }),
  testType({ type: 'http.request', title: 'HTTP request', aliases: ['api', 'call'], category: 'apps' }),
  testType({ type: 'core.respond', title: 'Respond to webhook', aliases: ['http', 'http answer', 'reply'], category: 'logic' }),
  testType({ type: 'core.merge', title: 'Merge', inputs: [], inputsFrom: { parameter: 'inputs', prefix: 'in' }, category: 'data' }),
  testType({ type: 'core.webhook', title: 'Webhook', kind: 'trigger', inputs: [], category: 'triggers' }),
];
const catalog = { get: () => undefined, all: () => types };
const search = (text: string, category: string | null = null) =>
  searchEntries(entriesFor(catalog, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null }, 'en'), text, category).map(
    (entry) => entry.info.type,
  );

describe('the picker', () => {
  it('finds by title, alias, type, German and without accents', () => {
    expect(search('wait')).toEqual(['core.wait']);
    expect(search('warten')).toEqual(['core.wait']);
    expect(search('verzogerung')).toEqual(['core.wait']);
    expect(search('api')).toEqual(['http.request']);
    expect(search('htp req')).toEqual(['http.request']);
    expect(search('zzz')).toEqual([]);
  });

  it('puts a title before an alias', () => {
    expect(search('we')[0]).toBe('core.webhook');
  });

  it('puts the step that is called so before steps that have to do with it', () => {
    expect(search('http')).toEqual(['http.request', 'core.respond']);
  });

  it('offers only what can stand where it was opened', () => {
    const after = entriesFor(catalog, { placement: { kind: 'after', from: { nodeId: 'a', port: 'main' } }, at: null }, 'en');
    expect(after.map((entry) => entry.info.type)).toEqual(['core.wait', 'http.request', 'core.respond', 'core.merge']);
    const triggers = entriesFor(catalog, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null, triggersOnly: true }, 'en');
    expect(triggers.map((entry) => entry.info.type)).toEqual(['core.webhook']);
  });

  it('scores nothing for a word that is not there', () => {
    expect(fuzzyScore(fold('wait now'), fold('Wait'))).toBe(0);
  });
});
