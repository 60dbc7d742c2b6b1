import { action, field, idempotent, z } from '@millwright/node-sdk';
import { body, numbered, of, repository, state, ticket, title } from '../fields.ts';

const all = '/repos/{{owner}}/{{repo}}/pulls';
const head = field.text('From branch', { placeholder: 'new-feature' });
const base = field.text('Into branch').default('main');

export const pullCreate = action({
  title: 'Create pull request',
  description: 'Asks for a branch to be merged into another.',
  aliases: ['pr', 'merge request'],
  // There is one open pull request for a pair of branches, so one that got lost is found again.
  effect: idempotent.lookup({ get: all, query: { head: '{{owner}}:{{head}}', base: '{{base}}', state: 'open' } }, 'body[0]'),
  input: z.strictObject({ ...repository, title, head, base, body: body.optional(), draft: field.flag('Draft').default(false) }),
  request: { post: all, body: { title: '{{title}}', head: '{{head}}', base: '{{base}}', body: '{{body}}', draft: '{{draft}}' } },
  output: ticket,
  example: { ...of, title: 'Amazing new feature', head: 'new-feature', base: 'main' },
});

const method = field.choice('Method', { merge: 'Merge', squash: 'Squash', rebase: 'Rebase' }).default('merge');

export const pullMerge = action({
  title: 'Merge pull request',
  description: 'Merges a pull request that may be merged.',
  aliases: ['pr', 'zusammenführen'],
  effect: idempotent.natural('owner', 'repo', 'number'),
  input: z.strictObject({ ...numbered, method }),
  request: { put: `${all}/{{number}}/merge`, body: { merge_method: '{{method}}' } },
  output: {
    schema: z.object({ merged: z.boolean(), sha: z.string() }),
    sample: { merged: true, sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e' },
  },
  example: { ...of, number: 7 },
});

export const pullList = action({
  title: 'List pull requests',
  description: 'Pull requests of a repository.',
  aliases: ['pr'],
  effect: 'read',
  pages: 'link',
  input: z.strictObject({ ...repository, state }),
  request: { get: all, query: { state: '{{state}}' } },
  output: ticket,
  example: of,
});
