import { action, idempotent, z, type JsonObject } from '@millwright/node-sdk';
import { note, recordId, text, time } from '../fields.ts';
import { record, recordSample } from './records.ts';

// https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide: how a note or task belongs to each kind.
const NOTE_TYPES = { contact: 202, company: 190, deal: 214, ticket: 228 } as const;
const TASK_TYPES = { contact: 204, company: 192, deal: 216, ticket: 230 } as const;
const KINDS = { contact: 'Contact', company: 'Company', deal: 'Deal', ticket: 'Ticket' } as const;

const kind = (title: string) =>
  z
    .enum(['contact', 'company', 'deal', 'ticket'])
    .default('contact')
    .meta({ title, field: { control: 'options', options: KINDS } });
const about = { on: kind('Belongs to'), onId: recordId('Id of it') };

function belongsTo(id: string, associationTypeId: number): readonly JsonObject[] {
  return [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }];
}

export const noteCreate = action({
  title: 'Create note',
  description: 'Writes a note on a contact, company, deal or ticket.',
  aliases: ['engagement', 'comment', 'notiz'],
  effect: idempotent.unsafe(),
  input: z.strictObject({ ...about, body: note('Text'), at: time('When') }),
  request: {
    post: '/crm/v3/objects/notes',
    body: ({ input: { on, onId, body, at }, nowMs }) => ({
      properties: { hs_note_body: body, hs_timestamp: new Date(at ?? nowMs).toISOString() },
      associations: belongsTo(onId, NOTE_TYPES[on]),
    }),
  },
  output: { schema: record, sample: recordSample({ hs_note_body: 'Called back' }) },
  example: { on: 'deal', onId: '51401', body: 'Called back' },
});

export const taskCreate = action({
  title: 'Create task',
  description: 'Sets a task about a contact, company, deal or ticket.',
  aliases: ['engagement', 'todo', 'aufgabe'],
  effect: idempotent.unsafe(),
  input: z.strictObject({ ...about, subject: text('Subject').min(1), body: note('Text').optional(), due: time('Due') }),
  request: {
    post: '/crm/v3/objects/tasks',
    body: ({ input: { on, onId, subject, body, due }, nowMs }) => ({
      properties: {
        hs_task_subject: subject,
        hs_task_status: 'NOT_STARTED',
        hs_timestamp: new Date(due ?? nowMs).toISOString(),
        ...(body === undefined ? {} : { hs_task_body: body }),
      },
      associations: belongsTo(onId, TASK_TYPES[on]),
    }),
  },
  output: { schema: record, sample: recordSample({ hs_task_subject: 'Call back' }) },
  example: { on: 'contact', onId: '51401', subject: 'Call back', due: '2026-02-01T09:00:00Z' },
});

export const associationCreate = action({
  title: 'Link records',
  description: 'Links two records, a contact with a company for one.',
  aliases: ['associate', 'connect', 'verknüpfen'],
  effect: idempotent.natural('from', 'fromId', 'to', 'toId'),
  input: z.strictObject({ from: kind('From'), fromId: recordId('Id of the first'), to: kind('To'), toId: recordId('Id of the second') }),
  request: { put: '/crm/v4/objects/{{from}}/{{fromId}}/associations/default/{{to}}/{{toId}}' },
  output: { schema: z.object({ status: z.string() }), sample: { status: 'COMPLETE' } },
  example: { from: 'contact', fromId: '51401', to: 'company', toId: '51402' },
});

export const ownerList = action({
  title: 'List owners',
  description: 'People who may own records; or the one with an email address.',
  aliases: ['users', 'people', 'besitzer', 'zuständige'],
  effect: 'read',
  pages: 'crm',
  input: z.strictObject({ email: z.email().optional().meta({ title: 'Email' }) }),
  request: { get: '/crm/v3/owners', query: { email: '{{email}}' } },
  output: { schema: z.object({ id: z.string(), email: z.string().nullable() }), sample: { id: '41629779', email: 'grace@example.com' } },
  example: { email: 'grace@example.com' },
});
