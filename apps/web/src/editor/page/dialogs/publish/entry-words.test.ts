import type { JsonObject } from '@millwright/core';
import type { WorkflowDocument } from '@millwright/workflow';
import { differenceOf } from '@millwright/workflow/difference';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { testType } from '../../../core/testing.ts';
import de from '../../../locales/de.ts';
import en from '../../../locales/en.ts';
import type { Naming } from '../../../versions/change-words.ts';
import { entryWords, nodesOfBoth } from './entry-words.ts';
import { groupChanges } from './group-changes.ts';
import { documentOf } from './testing.ts';

const options = {
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  greater: 'is greater than',
  lessOrEqual: 'is at most',
  startsWith: 'starts with',
};
const operator = { type: 'string', enum: Object.keys(options), field: { control: 'options', options } };
const parameters = {
  type: 'object',
  properties: {
    conditions: {
      type: 'array',
      title: 'Conditions',
      field: { control: 'conditions' },
      items: { type: 'object', properties: { operator } },
    },
  },
} as unknown as JsonObject;
const types = [
  testType({ type: 'core.manual', kind: 'trigger', inputs: [] }),
  testType({ type: 'test.step', parameters: { properties: { url: { type: 'string', title: 'Address' } } } }),
  testType({
    type: 'core.if',
    parameters,
    outputs: [
      { name: 'true', title: 'True' },
      { name: 'false', title: 'False' },
    ],
    locales: { de: { 'parameters.conditions.operator.options.lessOrEqual': 'ist höchstens', 'outputs.false': 'Nein' } },
  }),
];
const catalog = { get: (type: string) => types.find((info) => info.type === type), all: () => types };

function ask(operatorName: string, right = '') {
  return {
    id: 'ask',
    type: 'core.if',
    name: 'Big?',
    parameters: { conditions: [{ left: '{{ $json.body.company }}', operator: operatorName, right }] },
  };
}

const FORM = { id: 'form', type: 'core.manual', name: 'Lead form' };
const NORA = { id: 'nora', name: 'Nora' };
const CRM = { id: 'crm', name: 'CRM', parameters: { url: 'a' } };

function namingOf(base: WorkflowDocument, document: WorkflowDocument, language: 'en' | 'de'): Naming {
  const t = i18next.getFixedT(language, 'editor');
  const say = t as unknown as Naming['texts']['say'];
  const texts = { t, say, has: (key: string) => i18next.exists(key, { ns: 'editor', lng: language }), language };
  return { texts, catalog, nodes: nodesOfBoth(base, document), connections: new Map() };
}

/** The sentences of a difference. */
function say(base: WorkflowDocument, document: WorkflowDocument, language: 'en' | 'de' = 'en'): readonly string[] {
  const changes = differenceOf(base, document).map((change, at) => ({ id: String(at), change }));
  return groupChanges({ base, document, changes, catalog }).map(
    ({ subject }) => entryWords(subject, namingOf(base, document, language)).sentence,
  );
}

beforeAll(async () => {
  await i18next.init({
    resources: { en: { editor: en }, de: { editor: de } },
    lng: 'en',
    defaultNS: 'editor',
    interpolation: { escapeValue: false },
  });
});

describe('a change is said', () => {
  const nodes = [FORM, ask('isNotEmpty'), CRM, NORA];
  const base = documentOf(nodes, ['form>ask', 'ask:true>crm']);

  it('for a branch by which items take it now, and where they went before', () => {
    expect(say(base, documentOf(nodes, ['form>ask', 'ask:true>crm', 'ask:false>nora']))).toEqual([
      'Items without company now go to “Nora” instead of being dropped',
    ]);
    expect(say(base, documentOf(nodes, ['form>ask', 'ask:true>nora']))).toEqual(['Items with company now go to “Nora” instead of “CRM”']);
    expect(say(base, documentOf(nodes, ['form>ask']))).toEqual(['Items with company are now dropped instead of going to “CRM”']);
    expect(say(base, documentOf(nodes, ['form>ask', 'ask:true>crm', 'ask:true>nora']))).toEqual([
      'Items with company now also go to “Nora”',
    ]);
  });

  it('with the opposite of a comparison for the other way out, and by its name where there is no opposite', () => {
    const larger = [FORM, ask('greater', '100'), CRM, NORA];
    const edges = ['form>ask', 'ask:false>nora'];
    expect(say(documentOf(larger, ['form>ask']), documentOf(larger, edges))).toEqual([
      'Items where company is at most 100 now go to “Nora” instead of being dropped',
    ]);
    expect(say(documentOf(larger, ['form>ask']), documentOf(larger, edges), 'de')).toEqual([
      'Elemente, für die gilt: company ist höchstens 100, gehen jetzt zu „Nora“, statt verworfen zu werden',
    ]);
    const starts = [FORM, ask('startsWith', 'A'), CRM, NORA];
    expect(say(documentOf(starts, ['form>ask']), documentOf(starts, edges), 'de')).toEqual([
      'Elemente, die „Big?“ zu „Nein“ schickt, gehen jetzt zu „Nora“, statt verworfen zu werden',
    ]);
  });

  it('for new steps and steps that are gone with their lines, in one sentence each', () => {
    const before = documentOf([FORM, CRM], ['form>crm']);
    const between = documentOf([FORM, CRM, NORA], ['form>nora', 'nora>crm']);
    expect(say(before, between)).toEqual(['New step “Nora” between “Lead form” and “CRM”']);
    expect(say(between, before)).toEqual(['Step “Nora” is gone; “Lead form” now leads to “CRM”']);
    expect(say(documentOf([], []), before)).toEqual(['New step “Lead form”, leading to “CRM”', 'New step “CRM”']);
  });

  it('for what stands at a line, with what stood there before', () => {
    const labelled = (label?: string): WorkflowDocument => ({
      ...base,
      edges: base.edges.map((edge) => (edge.to === 'crm' && label !== undefined ? { ...edge, label } : edge)),
    });
    expect(say(base, labelled('Known'))).toEqual(['The line from “Big?” to “CRM” is labelled “Known”; runs do not change']);
    expect(say(labelled('Known'), labelled('New'))).toEqual([
      'The line from “Big?” to “CRM” is labelled “New”, before: “Known”; runs do not change',
    ]);
    expect(say(labelled('Known'), base, 'de')).toEqual([
      'Die Linie von „Big?“ zu „CRM“ hat keine Beschriftung mehr, vorher: „Known“; Läufe ändern sich nicht',
    ]);
  });

  it('for fields by their titles with both values, short, and for what runs do not notice as one', () => {
    const changed = documentOf(
      [
        { ...FORM, position: [9, 9] },
        { ...CRM, parameters: { url: 'b' }, name: 'Sales' },
        { ...NORA, position: [8, 8], settings: { disabled: true }, parameters: { url: 'x'.repeat(200) } },
      ],
      [],
    );
    expect(say(documentOf([FORM, CRM, NORA], []), changed)).toEqual([
      '“CRM” is now called “Sales”',
      '“Address” of “Sales” is now “b”, before: “a”',
      '“Address” of “Nora” says something else',
      '“Nora” is switched off',
      '2 steps were moved on the canvas; runs do not change',
    ]);
    expect(say(base, documentOf([FORM, ask('isEmpty'), CRM, NORA], ['form>ask', 'ask:true>crm']))).toEqual([
      '“Big?” now asks whether there is no company',
    ]);
  });
});
