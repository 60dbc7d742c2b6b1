import { action, field, idempotent, z } from '@millwright/node-sdk';
import { body, numbered, of, repository, state, ticket, title } from '../fields.ts';

const people = { labels: field.texts('Labels').optional(), assignees: field.texts('Assignees').optional() };
const sent = { title: '{{title}}', body: '{{body}}', labels: '{{labels}}', assignees: '{{assignees}}' };
const one = '/repos/{{owner}}/{{repo}}/issues/{{number}}';

export const issueCreate = action({
  title: 'Create issue',
  description: 'Opens an issue in a repository.',
  aliases: ['ticket', 'bug', 'vorgang', 'anlegen'],
  // GitHub takes no keys, and two issues may have one title.
  effect: idempotent.unsafe(),
  input: z.strictObject({ ...repository, title, body: body.optional(), ...people }),
  request: { post: '/repos/{{owner}}/{{repo}}/issues', body: sent },
  output: ticket,
  example: { ...of, title: 'Found a bug', body: 'It does not start.', labels: ['bug'] },
});

const open = field.choice('State', { open: 'Open', closed: 'Closed' });

export const issueUpdate = action({
  title: 'Update issue',
  description: 'Changes an issue, closes or opens it again.',
  aliases: ['edit', 'close', 'bearbeiten', 'schließen'],
  effect: idempotent.natural('owner', 'repo', 'number'),
  input: z.strictObject({ ...numbered, title: title.optional(), body: body.optional(), state: open.optional(), ...people }),
  request: { patch: one, body: { ...sent, state: '{{state}}' } },
  output: ticket,
  example: { ...of, number: 1347, state: 'closed' },
});

export const issueComment = action({
  title: 'Comment on issue',
  description: 'Writes below an issue or pull request.',
  aliases: ['reply', 'kommentar', 'antworten'],
  effect: idempotent.unsafe(),
  input: z.strictObject({ ...numbered, body }),
  request: { post: `${one}/comments`, body: { body: '{{body}}' } },
  output: {
    schema: z.object({ id: z.int(), html_url: z.string() }),
    sample: { id: 1, html_url: `${ticket.sample.html_url}#issuecomment-1` },
  },
  example: { ...of, number: 1347, body: 'Me too' },
});

export const issueGet = action({
  title: 'Get issue',
  description: 'Reads one issue or pull request.',
  aliases: ['read', 'lesen'],
  effect: 'read',
  input: z.strictObject(numbered),
  request: { get: one },
  output: ticket,
  example: { ...of, number: 1347 },
});

export const issueList = action({
  title: 'List issues',
  description: 'Issues of a repository, those changed last first. Pull requests count as issues.',
  aliases: ['search', 'all', 'suchen', 'alle'],
  effect: 'read',
  pages: 'link',
  input: z.strictObject({ ...repository, state, labels: people.labels, since: field.time('Changed since').optional() }),
  request: {
    get: '/repos/{{owner}}/{{repo}}/issues',
    query: ({ input }) => ({ state: input.state, sort: 'updated', labels: input.labels?.join(',') ?? null, since: input.since ?? null }),
  },
  output: ticket,
  example: { ...of, labels: ['bug', 'urgent'], since: '2026-01-31T00:00:00Z' },
});
