import { z, type FieldHints } from '@millwright/node-sdk';
import { METHODS, NAMED } from '../address.ts';

const LISTS = ['link', 'nextUrl', 'page', 'offset', 'cursor'] as const;

/** A parameter with its title and form. */
function told<T extends z.ZodType>(
  schema: T,
  title: string,
  { description, ...field }: FieldHints & { readonly description?: string } = {},
): T {
  return schema.meta({ title, ...(description === undefined ? {} : { description }), field }) as T;
}

/** One of several; values with their labels. */
function choice<const T extends Readonly<Record<string, string>>>(options: T) {
  return {
    schema: z.enum(Object.keys(options) as (keyof T & string)[]),
    field: { control: 'options', options, expression: false },
  } as const;
}

const BODY_TYPES = choice({ none: 'None', json: 'JSON', form: 'Form', multipart: 'Form with files', text: 'Text', file: 'File' });
const ANSWERS = choice({ auto: 'As its type says', text: 'Text', base64: 'Base64' });
const OUTPUTS = choice({ full: 'Status, headers and body', body: 'The body', items: 'One item per entry of the list' });
const PAGING = choice({
  none: 'None',
  link: 'Link header',
  nextUrl: 'Next address in the answer',
  page: 'Page number',
  offset: 'Items to skip',
  cursor: 'Cursor in the answer',
});
const PLACES = choice({ query: 'Query', body: 'Body' });
const NAME = z.string().max(200).default('');
const PATH = z.string().max(500).default('');

function whenPaging(...kinds: readonly string[]): FieldHints {
  return { showIf: { parameter: 'paging', in: kinds } };
}

const address = {
  method: told(z.enum(METHODS).default('GET'), 'Method', {
    control: 'options',
    options: Object.fromEntries(METHODS.map((method) => [method, method])),
    expression: false,
  }),
  url: told(z.string().min(1).max(8000), 'Address', { control: 'url', placeholder: 'https://api.example.com/items' }),
  query: told(z.array(NAMED).max(200).default([]), 'Query', { description: 'Added to the address.', control: 'keyValue' }),
  headers: told(z.array(NAMED).max(200).default([]), 'Headers', { control: 'keyValue' }),
};

const body = {
  bodyType: told(BODY_TYPES.schema.default('none'), 'Body type', {
    description: 'Files are base64 in the body; in a form they are { "fileName": "a.png", "contentType": "image/png", "base64": "…" }.',
    ...BODY_TYPES.field,
  }),
  body: told(z.json().default(''), 'Body', {
    description: 'For a form: an object of fields.',
    control: 'json',
    showIf: { parameter: 'bodyType', in: ['json', 'form', 'multipart', 'text', 'file'] },
  }),
  contentType: told(z.string().max(200).default(''), 'Content type', {
    description: 'Empty: application/octet-stream for a file, else text/plain.',
    placeholder: 'application/pdf',
    showIf: { parameter: 'bodyType', in: ['text', 'file'] },
  }),
};

const paging = {
  paging: told(PAGING.schema.default('none'), 'Pages', { description: 'How the list goes on.', ...PAGING.field }),
  listPath: told(PATH, 'List in the answer', {
    description: 'Where the list is in the body. Empty: the body is the list.',
    placeholder: 'data.items',
  }),
  nextPath: told(PATH, 'Next page in the answer', {
    description: 'Where the body holds the next address, or the cursor.',
    placeholder: 'paging.next',
    ...whenPaging('nextUrl', 'cursor'),
  }),
  pageParameter: told(NAME, 'Parameter of the page', {
    description: 'Empty: page, offset or cursor.',
    placeholder: 'page',
    ...whenPaging('page', 'offset', 'cursor'),
  }),
  pageIn: told(PLACES.schema.default('query'), 'It goes into', { ...PLACES.field, ...whenPaging('page', 'offset', 'cursor') }),
  firstPage: told(z.int().min(0).max(1_000_000).default(1), 'First page', { control: 'number', ...whenPaging('page') }),
  sizeParameter: told(NAME, 'Parameter of the page size', {
    description: 'Empty: the service decides; the list ends with an empty page.',
    placeholder: 'limit',
    ...whenPaging('page', 'offset'),
  }),
  pageSize: told(z.int().min(1).max(10_000).default(100), 'Page size', { control: 'number', ...whenPaging('page', 'offset') }),
  maxItems: told(z.int().min(1).max(10_000).default(1000), 'Items at most', { control: 'number', ...whenPaging(...LISTS) }),
  maxPages: told(z.int().min(1).max(1000).default(100), 'Pages at most', { control: 'number', ...whenPaging(...LISTS) }),
};

const WITH_BATCHES: FieldHints = { control: 'number', showIf: { parameter: 'batching', in: [true] } };

const manner = {
  batching: told(z.boolean().default(false), 'Send in batches', {
    description: 'For services that take only so many requests in a time.',
    control: 'switch',
    expression: false,
  }),
  batchSize: told(z.int().min(1).max(1000).default(10), 'Requests per batch', WITH_BATCHES),
  batchMs: told(z.int().min(1).max(600_000).default(1000), 'Time per batch', {
    description: 'No more than a batch goes in this time; pages count too.',
    ...WITH_BATCHES,
    unit: 'ms',
  }),
  timeoutMs: told(z.int().min(100).max(600_000).default(30_000), 'Time for the answer', { control: 'number', unit: 'ms' }),
  followRedirects: told(z.boolean().default(true), 'Follow redirects', {
    description: 'Off: the redirect itself is handed on.',
    control: 'switch',
    expression: false,
  }),
  failOnStatus: told(z.boolean().default(true), 'Fail on error status', {
    description: 'A status of 400 or more fails the step. Off: the answer is handed on.',
    control: 'switch',
    expression: false,
  }),
};

/** The form of the step. */
export const parameters = z.strictObject({
  ...address,
  ...body,
  answerAs: told(ANSWERS.schema.default('auto'), 'Read the answer', ANSWERS.field),
  output: told(OUTPUTS.schema.default('full'), 'Hand on', OUTPUTS.field),
  ...paging,
  ...manner,
});

/** Its values. */
export type Parameters = z.output<typeof parameters>;
