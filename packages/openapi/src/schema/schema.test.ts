import type { JsonObject, JsonValue } from '@millwright/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDescription, type Description } from '../description.ts';
import { fits } from './fits.ts';
import { toJsonSchema } from './json-schema.ts';
import { matchesPattern, repairPattern } from './pattern.ts';
import { textForPattern } from './pattern-text.ts';
import { sampleOf } from './sample.ts';

const ajv = new Ajv2020({ strict: false, logger: false });

function description(schemas: JsonObject = {}, version = '3.0.3'): Description {
  return toDescription({ openapi: version, paths: {}, components: { schemas } });
}

const convert = (
  schema: JsonValue,
  more: { schemas?: JsonObject; version?: string; closed?: boolean; purpose?: 'request' | 'answer' } = {},
) => toJsonSchema(description(more.schemas, more.version), schema, { purpose: more.purpose ?? 'request', closed: more.closed ?? false });

describe('a schema of a description as JSON Schema', () => {
  it.each<[string, JsonValue, readonly JsonValue[], readonly JsonValue[]]>([
    ['nullable', { type: 'string', nullable: true }, ['a', null], [1]],
    ['nullable without a type', { nullable: true, allOf: [{ type: 'integer' }] }, [1, null], ['a']],
    ['nullable with values', { type: 'string', enum: ['a'], nullable: true }, ['a', null], ['b']],
    ['exclusive bounds by a switch', { type: 'number', minimum: 0, exclusiveMinimum: true }, [1], [0]],
    ['values twice', { type: 'string', enum: ['a', 'a'] }, ['a'], ['b']],
    ['values of another type', { type: 'string', enum: [1, 2] }, [1], ['1']],
    ['bounds as text', { type: 'integer', maximum: '5' }, [5], [6]],
    [
      'parts that shut each other out',
      {
        allOf: [
          { type: 'object', properties: { a: {} }, additionalProperties: false },
          { type: 'object', properties: { b: {} }, additionalProperties: false },
        ],
      },
      [{ a: 1, b: 2 }],
      [{ c: 1 }],
    ],
    ['the same alternative twice', { oneOf: [{ type: 'string' }, { type: 'string' }] }, ['a'], [1]],
    ['a pattern of another dialect', { type: 'string', pattern: '(?i)^[a-z\\-]+$' }, ['A-b'], ['1']],
    ['a required mark in a field', { type: 'object', properties: { a: { type: 'string', required: true } } }, [{}], [{ a: 1 }]],
  ])('%s', (_name, schema, good, bad) => {
    const check = ajv.compile(convert(schema));
    expect(good.map((value) => check(value))).toEqual(good.map(() => true));
    expect(bad.map((value) => check(value))).toEqual(bad.map(() => false));
  });

  it('fields that are only read are not needed in requests, nor those only written in answers', () => {
    const schema = {
      type: 'object',
      required: ['id', 'secret'],
      properties: { id: { type: 'string', readOnly: true }, secret: { type: 'string', writeOnly: true } },
    };
    expect(convert(schema)['required']).toEqual(['secret']);
    expect(convert(schema, { purpose: 'answer' })['required']).toEqual(['id']);
  });

  it('closed: fields that are not described are refused where some are, and only there', () => {
    const check = ajv.compile(
      convert(
        {
          allOf: [
            { $ref: '#/components/schemas/Base' },
            { type: 'object', properties: { b: { type: 'object' }, c: { type: 'object', additionalProperties: { type: 'string' } } } },
          ],
        },
        { closed: true, schemas: { Base: { type: 'object', properties: { a: { type: 'object', properties: { x: {} } } } } } },
      ),
    );
    expect([{ a: { x: 1 }, b: { any: 1 }, c: { any: 'a' } }, { d: 1 }, { a: { y: 1 } }].map((value) => check(value))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('closed: a base type whose heirs are told apart by a field stays open', () => {
    const check = ajv.compile(
      convert({ type: 'object', properties: { kind: { type: 'string' } }, discriminator: { propertyName: 'kind' } }, { closed: true }),
    );
    expect(check({ kind: 'a', more: 1 })).toBe(true);
  });

  it('siblings of a reference count in 3.1 and not before', () => {
    const schemas = { Text: { type: 'string' } };
    expect(convert({ $ref: '#/components/schemas/Text', maxLength: 1 }, { schemas })['maxLength']).toBeUndefined();
    expect(convert({ $ref: '#/components/schemas/Text', maxLength: 1 }, { schemas, version: '3.1.0' })['maxLength']).toBe(1);
  });

  it('bounds what one schema may reach', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 20 }, (_one, index) => [`S${index}`, { $ref: '#/components/schemas/T' }]),
    ) as JsonObject;
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_one, index) => [
        `S${index}`,
        { type: 'object', properties: { next: { $ref: `#/components/schemas/S${(index + 1) % 20}` } } },
      ]),
    ) as JsonObject;
    expect(() => toJsonSchema(description(chain), { $ref: '#/components/schemas/S0' }, { purpose: 'request', maxSchemas: 10 })).toThrow(
      /more than 10/,
    );
    expect(Object.keys(schemas)).toHaveLength(20);
  });
});

/** Schemas that can be met, as a tree. */
const schemas: fc.Arbitrary<JsonObject> = fc.letrec<{ any: JsonObject }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'schema' },
    fc.record({
      type: fc.constant('string'),
      minLength: fc.nat(12),
      maxLength: fc.integer({ min: 12, max: 40 }),
    }) as fc.Arbitrary<JsonObject>,
    fc.record({
      type: fc.constant('integer'),
      minimum: fc.integer({ min: -50, max: 0 }),
      maximum: fc.integer({ min: 0, max: 50 }),
    }) as fc.Arbitrary<JsonObject>,
    fc.record({ type: fc.constant('number'), exclusiveMinimum: fc.integer({ min: 0, max: 5 }) }) as fc.Arbitrary<JsonObject>,
    fc.constantFrom<JsonObject>(
      { type: 'boolean' },
      { enum: ['a', 2, null] },
      { const: { x: 1 } },
      { type: 'string', format: 'date-time' },
      { type: 'string', pattern: '^[A-Z]{2}\\d{3,5}(-x)?$' },
      { type: ['string', 'null'] },
    ),
    fc.tuple(tie('any'), fc.nat(3)).map(([items, minItems]) => ({ type: 'array', items, minItems })),
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), tie('any'), fc.boolean()), { maxLength: 4 }).map((fields) => {
      const properties = Object.fromEntries(fields.map(([name, schema]) => [name, schema]));
      return { type: 'object', properties, required: [...new Set(fields.filter(([, , isRequired]) => isRequired).map(([name]) => name))] };
    }),
    fc.tuple(tie('any'), tie('any')).map((anyOf) => ({ anyOf })),
    tie('any').map((one) => ({ allOf: [one, { description: 'x' }] })),
  ),
})).any;

describe('samples', () => {
  it('fit every schema that can be met, by another judge too', () => {
    fc.assert(
      fc.property(schemas, fc.constantFrom('required', 'all'), (schema, fields) => {
        const sample = sampleOf(schema, { fields });
        expect(fits(schema, sample)).toBe(true);
        expect(ajv.validate({ ...schema, format: undefined }, sample)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('our judge and AJV agree on any value', () => {
    const plain = new Ajv2020({ strict: false, logger: false, validateFormats: false });
    const withoutFormats = (schema: JsonValue): JsonValue =>
      JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === 'format' ? undefined : value))) as JsonValue;
    fc.assert(
      fc.property(schemas, fc.jsonValue(), (schema, value) => {
        // AJV compares by methods of what it compares, and throws where a field has such a name.
        fc.pre(!/"(?:valueOf|toString|constructor)":/.test(JSON.stringify(value)));
        const judged = withoutFormats(schema) as JsonObject;
        expect(fits(judged, value as JsonValue)).toBe(plain.validate(judged, value));
      }),
      { numRuns: 500 },
    );
  });

  it('end where a schema contains itself', () => {
    const standing = convert(
      { $ref: '#/components/schemas/Tree' },
      {
        schemas: {
          Tree: {
            type: 'object',
            required: ['name', 'children'],
            properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    );
    expect(fits(standing, sampleOf(standing, { fields: 'all' }))).toBe(true);
    const endless = convert(
      { $ref: '#/components/schemas/Node' },
      { schemas: { Node: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Node' } } } } },
    );
    expect(sampleOf(endless)).toHaveProperty('next.next');
  });
});

describe('patterns', () => {
  it.each([
    '^[A-Z]{3}$',
    '^\\d{4}-\\d{2}$',
    '^(cus|sub)_[a-z0-9]{6,}$',
    '^https?://[^/]+/.*$',
    '^(?!x)[\\w.-]+@[\\w.-]+$',
    '^$|^a+$',
    '[^a-z]',
    '^\\+?[1-9]\\d{1,14}$',
    '^[\\p{L}]+$',
  ])('a text is found for %s', (pattern) => {
    const text = textForPattern(pattern);
    expect(text).not.toBeNull();
    expect(new RegExp(pattern, 'u').test(text ?? '')).toBe(true);
  });

  it('of other dialects are rewritten, and matching takes linear time', () => {
    expect([repairPattern('^\\A[[:alpha:]]+\\z'), repairPattern('[a'), repairPattern('^a\\_b')].slice(0, 2)).toEqual([
      '^^[A-Za-z]+$',
      '[a',
    ]);
    expect(matchesPattern('^(a+)+$', `${'a'.repeat(50_000)}!`)).toBe(false);
  });
});
