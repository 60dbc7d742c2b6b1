import { action, idempotent, z, type ConnectorAction, type JsonObject } from '@millwright/node-sdk';
import { properties, recordId, time, valuesOf, wanted } from '../fields.ts';

/** What a record is to people. */
export const record = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.json()),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** One as it comes. */
export const recordSample = (values: Readonly<Record<string, string>>) => ({
  id: '51401',
  properties: values,
  createdAt: '2026-01-30T09:00:00.000Z',
  updatedAt: '2026-01-31T09:00:00.000Z',
});

type Facts = Readonly<Record<string, z.ZodType<string | number | undefined>>>;

/** A kind of record. */
export interface RecordKind {
  /** `contacts`, as in addresses. */
  readonly path: string;
  /** `contact`, as people say. */
  readonly one: string;
  readonly aliases: readonly string[];
  /** Property with the time of the last change. */
  readonly changedAt: string;
  /** Properties that have a field of their own, by internal name. */
  readonly facts: Facts;
  readonly sample: Readonly<Record<string, string>>;
}

const OPERATORS = {
  EQ: 'is',
  NEQ: 'is not',
  LT: 'is less than',
  LTE: 'is at most',
  GT: 'is more than',
  GTE: 'is at least',
  CONTAINS_TOKEN: 'contains the word',
  HAS_PROPERTY: 'is filled in',
  NOT_HAS_PROPERTY: 'is empty',
} as const;
const operators = z.enum(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'CONTAINS_TOKEN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY']);
const filters = z
  .array(
    z.strictObject({
      property: z.string().min(1).max(100).meta({ title: 'Property' }),
      operator: operators.default('EQ').meta({ title: 'Comparison', field: { control: 'options', options: OPERATORS } }),
      value: z.string().max(1000).default('').meta({ title: 'Value' }),
    }),
  )
  .max(5)
  .default([])
  .meta({ title: 'Filters', description: 'All of them must hold.' });

type Filter = z.output<typeof filters>[number];

function toFilter({ property, operator, value }: Filter): JsonObject {
  const takesValue = operator !== 'HAS_PROPERTY' && operator !== 'NOT_HAS_PROPERTY';
  return { propertyName: property, operator, ...(takesValue ? { value } : {}) };
}

/** Values of a kind's own fields, out of all parameters. */
function factsOf(facts: Facts, input: Readonly<Record<string, unknown>>): Record<string, string | number | undefined> {
  // Each was checked by its own schema, which gives nothing else.
  return Object.fromEntries(Object.keys(facts).map((name) => [name, input[name] as string | number | undefined]));
}

/** Reads one, by its id or, where it is an email address, by that. */
export function getOf({ path, one, aliases, sample }: RecordKind): ConnectorAction {
  return action({
    title: `Get ${one}`,
    description: `Reads one ${one}.`,
    aliases: ['read', 'lesen', ...aliases],
    effect: 'read',
    input: z.strictObject({ id: recordId(`Id of the ${one}`), properties: wanted }),
    request: {
      get: `/crm/v3/objects/${path}/{{id}}`,
      query: ({ input }) => ({ properties: input.properties?.join(',') ?? null, idProperty: input.id.includes('@') ? 'email' : null }),
    },
    output: { schema: record, sample: recordSample(sample) },
    example: { id: '51401', properties: Object.keys(sample) },
  });
}

/** Makes one. HubSpot takes no keys, and two may be alike. */
export function createOf({ path, one, aliases, facts, sample }: RecordKind): ConnectorAction {
  return action({
    title: `Create ${one}`,
    description: `Adds a ${one}.`,
    aliases: ['add', 'anlegen', ...aliases],
    effect: idempotent.unsafe(),
    input: z.strictObject({ ...facts, properties }),
    request: {
      post: `/crm/v3/objects/${path}`,
      body: ({ input }) => ({ properties: valuesOf(factsOf(facts, input), input.properties) }),
    },
    output: { schema: record, sample: recordSample(sample) },
    example: { ...sample, properties: [] },
  });
}

/** Changes one. */
export function updateOf({ path, one, aliases, facts, sample }: RecordKind): ConnectorAction {
  const loose = Object.fromEntries(Object.entries(facts).map(([name, field]) => [name, field.optional().meta(field.meta() ?? {})]));
  return action({
    title: `Update ${one}`,
    description: `Changes what is filled in of a ${one}; the rest stays.`,
    aliases: ['edit', 'ändern', ...aliases],
    effect: idempotent.natural('id'),
    input: z.strictObject({ id: recordId(`Id of the ${one}`), ...loose, properties }),
    request: {
      patch: `/crm/v3/objects/${path}/{{id}}`,
      body: ({ input }) => ({ properties: valuesOf(factsOf(facts, input), input.properties) }),
    },
    output: { schema: record, sample: recordSample(sample) },
    example: { id: '51401', ...sample, properties: [] },
  });
}

/** Finds some; those that were changed last come first. */
export function searchOf({ path, one, aliases, changedAt, sample }: RecordKind): ConnectorAction {
  const [filter] = Object.entries(sample).map(([property, value]) => ({ property, value }));
  return action({
    title: `Search ${path}`,
    description: `Finds ${path} by words or by values, those changed last first; 10,000 at most.`,
    aliases: ['find', 'filter', 'suchen', one, ...aliases],
    effect: 'read',
    pages: 'search',
    limit: 'search',
    input: z.strictObject({
      query: z.string().max(3000).optional().meta({ title: 'Words' }),
      filters,
      changedSince: time('Changed since'),
      properties: wanted,
    }),
    request: {
      post: `/crm/v3/objects/${path}/search`,
      body: ({ input }) => {
        const since =
          input.changedSince === undefined
            ? []
            : [{ propertyName: changedAt, operator: 'GTE', value: String(Date.parse(input.changedSince)) }];
        const all: readonly JsonObject[] = [...input.filters.map(toFilter), ...since];
        return {
          sorts: [{ propertyName: changedAt, direction: 'DESCENDING' }],
          ...(all.length === 0 ? {} : { filterGroups: [{ filters: all }] }),
          ...(input.query === undefined ? {} : { query: input.query }),
          ...(input.properties === undefined ? {} : { properties: input.properties }),
        };
      },
    },
    output: { schema: record, sample: recordSample(sample) },
    example: { filters: filter === undefined ? [] : [filter], changedSince: '2026-01-31T00:00:00Z' },
  });
}
