import { toParameterSchema } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { field } from './field.ts';

it('a field keeps its title and its form’s hints, whether it is required, optional or has a default', () => {
  const state = field.choice('State', { open: 'Open', closed: 'Closed' });
  const input = z.strictObject({
    name: field.text('Name', { placeholder: 'Ada' }),
    note: field.long('Note', { description: 'Markdown.' }).optional(),
    state: state.default('open'),
    on: field.flag('On').default(false),
    count: field.int('Count'),
    labels: field.texts('Labels').optional(),
    since: field.time('Since').optional(),
    page: field.int('Page', { most: 9 }),
    shelf: field.numeric('Shelf', { load: { options: 'shelves' } }),
    from: field.numeric('From', { least: 1 }).optional(),
    code: field.pattern('Code', /^[a-z]$/, { placeholder: 'a' }),
    rows: field.list('Rows', z.int(), { least: 1, most: 3 }),
  });
  expect(toParameterSchema(input)).toMatchObject({
    required: ['name', 'count', 'page', 'shelf', 'code', 'rows'],
    properties: {
      name: { title: 'Name', minLength: 1, maxLength: 1000, field: { placeholder: 'Ada' } },
      note: { title: 'Note', description: 'Markdown.', field: { control: 'multiline' } },
      state: {
        title: 'State',
        default: 'open',
        enum: ['open', 'closed'],
        field: { control: 'options', options: { open: 'Open', closed: 'Closed' } },
      },
      on: { title: 'On', default: false, field: { control: 'switch' } },
      count: { title: 'Count', minimum: 1, field: { control: 'number' } },
      labels: { title: 'Labels', maxItems: 100 },
      since: { title: 'Since', field: { control: 'dateTime' } },
      page: { title: 'Page', minimum: 1, maximum: 9, field: { control: 'number' } },
      shelf: { title: 'Shelf', minimum: 0, field: { load: { options: 'shelves' } } },
      from: { title: 'From', minimum: 1, field: { control: 'number' } },
      code: { title: 'Code', pattern: '^[a-z]$', field: { placeholder: 'a' } },
      rows: { title: 'Rows', minItems: 1, maxItems: 3, items: { type: 'integer' }, field: { control: 'json' } },
    },
  });
});
