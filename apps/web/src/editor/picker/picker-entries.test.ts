import { describe, expect, it } from 'vitest';
import { testType } from '../core/testing.ts';
import { fold, fuzzyScore } from './fuzzy.ts';
import { addressIn, entriesFor, OWN_TAB, rowsOf, searchEntries, tabsOf, templatesFor } from './picker-entries.ts';

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
const search = (text: string, category: string | null = null, recent: readonly string[] = []) =>
  searchEntries(entriesFor(catalog, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null }, 'en'), text, {
    category,
    recent,
  }).map((entry) => entry.info.type);

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

  it('puts what was used lately before what fits as well, and never before what fits better', () => {
    expect(search('', null, ['core.merge', 'core.wait']).slice(0, 2)).toEqual(['core.merge', 'core.wait']);
    expect(search('http', null, ['core.respond'])).toEqual(['http.request', 'core.respond']);
  });

  it('puts what the workspace uses most behind what one used lately, and before the rest', () => {
    const popular = new Map([
      ['core.respond', 1],
      ['core.merge', 0.5],
    ]);
    const recent = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'core.wait'];
    const entries = entriesFor(catalog, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null }, 'en');
    const order = (text: string): readonly string[] =>
      searchEntries(entries, text, { category: null, recent, popular }).map(({ info }) => info.type);
    expect(order('').slice(0, 3)).toEqual(['core.wait', 'core.respond', 'core.merge']);
    expect(order('http')).toEqual(['http.request', 'core.respond']);
  });

  it('has a tab of what the install added itself, where there is something', () => {
    const own = testType({ type: 'acme.send', title: 'Acme: Send', category: 'apps', own: true });
    const all = (infos: readonly (typeof own)[]) =>
      entriesFor({ get: () => undefined, all: () => infos }, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null }, 'en');
    expect(tabsOf(all(types)).has(OWN_TAB)).toBe(false);
    expect([...tabsOf(all([...types, own]))]).toContain(OWN_TAB);
    expect(searchEntries(all([...types, own]), '', { category: OWN_TAB }).map(({ info }) => info.type)).toEqual(['acme.send']);
    expect(searchEntries(all([...types, own]), '', { category: 'apps' }).map(({ info }) => info.type)).toEqual([
      'http.request',
      'acme.send',
    ]);
  });

  it('finds finished workflows by the words of their title or what is said of them', () => {
    const templates = [
      { key: 'leads', title: 'Lead intake', description: 'A form, a check, a mail' },
      { key: 'report', title: 'Monday report', description: 'Numbers by mail' },
    ];
    expect(templatesFor(templates, 'mail').map(({ key }) => key)).toEqual(['leads', 'report']);
    expect(templatesFor(templates, ' MONDAY mail ').map(({ key }) => key)).toEqual(['report']);
    expect(templatesFor(templates, 'zzz')).toEqual([]);
  });

  it('stands for the many operations of an app with one row, until something is searched', () => {
    const many = [
      ...types,
      ...['Create', 'Find', 'Merge'].map((word) => testType({ type: `crm.${word}`, title: `CRM: ${word}`, category: 'apps' })),
    ];
    const found = entriesFor(
      { get: () => undefined, all: () => many },
      { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null },
      'en',
    );
    const apps = (isGrouped: boolean) => rowsOf(found, isGrouped).filter((row) => row.kind === 'app');
    expect(apps(true)).toMatchObject([{ key: 'crm', title: 'CRM', count: 3 }]);
    expect(apps(false)).toEqual([]);
    expect(searchEntries(found, '', { category: null, app: 'crm' }).map(({ title }) => title)).toEqual([
      'CRM: Create',
      'CRM: Find',
      'CRM: Merge',
    ]);
  });

  it('knows an address from words', () => {
    expect(addressIn('api.acme.com/v1/leads')).toBe('https://api.acme.com/v1/leads');
    expect(addressIn('http://localhost:8080/x')).toBe('http://localhost:8080/x');
    expect(addressIn('send mail')).toBeNull();
    expect(addressIn('3.5')).toBeNull();
  });

  it('looks at each text of a thousand entries once for a key, and at no description that is not needed', () => {
    let looked = 0;
    const counted = (word: string) => ({
      get text() {
        looked += 1;
        return word;
      },
      words: [word],
    });
    const [entry] = entriesFor(catalog, { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null }, 'en');
    if (!entry) throw new Error('the catalog is empty');
    const thousand = Array.from({ length: 1000 }, (_, index) => ({
      ...entry,
      titles: [counted(`step ${index}`)],
      words: [counted(`alias ${index}`)],
    }));
    expect(searchEntries(thousand, 'zz', { category: null })).toEqual([]);
    expect(looked).toBeLessThanOrEqual(6000);
  });
});
