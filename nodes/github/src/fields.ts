import { field, z } from '@millwright/node-sdk';

const load = { options: 'repositories', dependsOn: ['owner'], fromUrl: String.raw`github\.com/[^/]+/([^/?#]+)` };

/** Which repository; every action has it. */
export const repository = {
  owner: field.text('Owner', { description: 'The person or organisation: the first part of the address.', placeholder: 'octocat' }),
  repo: field.text('Repository', { placeholder: 'hello-world', load }),
};

/** One issue or pull request of it. */
export const numbered = { ...repository, number: field.int('Number') };
/** Where examples happen. */
export const of = { owner: 'octocat', repo: 'hello-world' };
export const body = field.long('Text', { description: 'Markdown.' });
export const title = field.text('Title', { max: 256 });
export const state = field.choice('State', { open: 'Open', closed: 'Closed', all: 'All' }).default('open');

/** What comes out of issues and pull requests. */
export const ticket = {
  schema: z.object({ number: z.int(), title: z.string(), state: z.string(), html_url: z.string() }),
  sample: { number: 1347, title: 'Found a bug', state: 'open', html_url: 'https://github.com/octocat/hello-world/issues/1347' },
};
