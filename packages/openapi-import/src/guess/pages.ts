import type { JsonObject } from '@millwright/core';
import { cursor, keyset, link, nextUrl, offset, page, single, type PageSpec, type RequestPlace } from '@millwright/node-sdk';
import { flatten, toJsonSchema, type Description, type Operation, type Parameter } from '@millwright/openapi';
import { findItems, type FoundItems, type GoodAnswer } from './items.ts';
import { fieldsWithin, typeOf, type FoundField } from './schema-paths.ts';

const CURSOR =
  /^(cursor|page_?token|next_?(page_?)?(token|cursor|id)?|after|start_?cursor|start_?key|continuation(_?token)?|marker|page_?cursor|offset|page\[(cursor|after)\]|position|stream_position)$/i;
const KEYSET = /^(starting_after|after_id|since_id)$/i;
const OFFSET = /^(\$?skip|offset|start(_?(at|index|position))?|page\[offset\])$/i;
const PAGE = /^(page(_?(number|no|num|index))?|pageno|page\[number\])$/i;
const SIZE =
  /^(limit|per_?page|page_?size|max_?(results|page_?size|items)|\$?top|count|size|num(_results)?|page\[(size|limit)\]|results_?per_?page)$/i;
const NEXT_TOKEN =
  /^(next_?(page_?)?(cursor|token|marker|id|offset|position)|next_?page|cursor|end_?cursor|offset|after|marker|continuation(_?token)?)$/i;
const NEXT_URL = /^((@odata\.)?next_?link|next(_?(page|url|uri|href|page_?(url|uri|link)))?|next_records_url)$/i;
const MORE = /^(has_?(more|next(_?page)?)|is_?more|more)$/i;
const PATH_NAME = /^[\w$-]+$/;
const DEPTH = 3;

/** Paging with the parameters that the runtime fills: they are no fields of the form. */
export interface GuessedPages {
  readonly pages: PageSpec;
  readonly taken: ReadonlySet<string>;
}

interface Clues {
  readonly items: FoundItems;
  readonly answer: GoodAnswer;
  readonly query: readonly Parameter[];
  readonly schemaOf: (parameter: Parameter) => JsonObject;
  readonly fields: readonly FoundField[];
}

/** What is common to the guesses. */
interface Base {
  readonly items: string;
  readonly size?: readonly [RequestPlace, number];
}

function isNumber({ schemaOf }: Clues, parameter: Parameter): boolean {
  const schema = schemaOf(parameter);
  return ['integer', 'number'].includes(typeOf(schema, schema) ?? '');
}

function answerPath(field: FoundField | undefined): string | undefined {
  return field === undefined ? undefined : `body.${field.path.join('.')}`;
}

function isReadable(field: FoundField): boolean {
  return field.path.every((step) => PATH_NAME.test(step));
}

function sizeOf(clues: Clues): readonly [Parameter, number] | null {
  const parameter = clues.query.find(({ name }) => SIZE.test(name));
  if (parameter === undefined) return null;
  const { maximum } = flatten(clues.schemaOf(parameter), clues.schemaOf(parameter));
  return typeof maximum === 'number' && maximum >= 1 ? [parameter, Math.min(maximum, 1000)] : null;
}

function place(parameter: Parameter): RequestPlace {
  return `query.${parameter.name}`;
}

type Rule = (clues: Clues, base: Base) => { readonly pages: PageSpec; readonly taken: readonly string[] } | null;

const byKeyset: Rule = ({ query, fields }, base) => {
  const parameter = query.find(({ name }) => KEYSET.test(name));
  const more = answerPath(fields.find(({ name }) => MORE.test(name)));
  return parameter === undefined
    ? null
    : {
        pages: keyset({ ...base, send: place(parameter), key: 'id', ...(more === undefined ? {} : { more }) }),
        taken: [parameter.name, 'ending_before'],
      };
};

const byCursor: Rule = (clues, base) => {
  const parameter = clues.query.find((one) => CURSOR.test(one.name) && !isNumber(clues, one));
  if (parameter === undefined) return null;
  const from = clues.fields.find(
    (field) => NEXT_TOKEN.test(field.name) && typeOf(clues.answer.schema, field.schema) !== 'object' && isReadable(field),
  );
  const more = answerPath(clues.fields.find(({ name }) => MORE.test(name)));
  return from === undefined
    ? null
    : {
        pages: cursor({ ...base, send: place(parameter), from: answerPath(from) ?? 'body', ...(more === undefined ? {} : { more }) }),
        taken: [parameter.name],
      };
};

const byNextUrl: Rule = ({ fields, answer }, base) => {
  const field = fields.find((one) => NEXT_URL.test(one.name) && typeOf(answer.schema, one.schema) === 'string' && isReadable(one));
  return field === undefined ? null : { pages: nextUrl({ ...base, from: answerPath(field) ?? 'body' }), taken: [] };
};

const byOffset: Rule = (clues, base) => {
  const parameter = clues.query.find((one) => OFFSET.test(one.name) && isNumber(clues, one));
  return parameter === undefined ? null : { pages: offset({ ...base, send: place(parameter) }), taken: [parameter.name] };
};

const byPage: Rule = (clues, base) => {
  const parameter = clues.query.find(({ name }) => PAGE.test(name));
  if (parameter === undefined) return null;
  const schema = flatten(clues.schemaOf(parameter), clues.schemaOf(parameter));
  const isFromZero = schema['minimum'] === 0 || schema['default'] === 0 || schema['default'] === '0';
  return { pages: page({ ...base, send: place(parameter), ...(isFromZero ? { first: 0 } : {}) }), taken: [parameter.name] };
};

const byLink: Rule = ({ answer, query }, base) =>
  answer.headers.includes('link')
    ? { pages: link(base), taken: query.filter(({ name }) => PAGE.test(name) || /^(before|after)$/.test(name)).map(({ name }) => name) }
    : null;

const RULES: readonly Rule[] = [byLink, byKeyset, byCursor, byNextUrl, byOffset, byPage];

/**
 * How a list goes on, guessed from the names of query parameters and from the answer; everything at once where nothing says more.
 * @returns null where the answer is no list
 */
export function guessPages(description: Description, operation: Operation, answer: GoodAnswer | null): GuessedPages | null {
  const items = answer === null ? null : findItems(answer, operation);
  if (items === null || answer === null) return null;
  const clues: Clues = {
    items,
    answer,
    query: operation.parameters.filter((one) => one.in === 'query' && !one.required),
    schemaOf: ({ schema }) => toJsonSchema(description, schema, { purpose: 'request' }),
    fields: fieldsWithin(answer.schema, answer.schema, DEPTH).filter(({ path }) => `body.${path[0] ?? ''}` !== items.path),
  };
  const size = sizeOf(clues);
  const base: Base = { items: items.path, ...(size === null ? {} : { size: [place(size[0]), size[1]] }) };
  for (const rule of RULES) {
    const found = rule(clues, base);
    if (found !== null) return { pages: found.pages, taken: new Set([...found.taken, ...(size === null ? [] : [size[0].name])]) };
  }
  return { pages: single({ items: items.path }), taken: new Set() };
}
