import { bearer, concurrency, defineConnector, learned, link, list, oauth2, per } from '@millwright/node-sdk';
import { fileGet, filePut } from './actions/file.ts';
import { issueComment, issueCreate, issueGet, issueList, issueUpdate } from './actions/issue.ts';
import { pullCreate, pullList, pullMerge } from './actions/pull.ts';
import { issueChanged, pushed } from './triggers.ts';

export default defineConnector({
  key: 'github',
  title: 'GitHub',
  version: '1.0.0',
  categories: ['code'],
  icon: 'git-branch',
  baseUrl: 'https://api.github.com',
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  auth: {
    oauth: oauth2({
      label: 'Sign in with GitHub',
      authorizeUrl: 'https://github.com/login/oauth/authorize',
      tokenUrl: 'https://github.com/login/oauth/access_token',
      tokenAuth: 'body',
      scopes: ['repo'],
      console: { url: 'https://github.com/settings/developers', notes: 'New OAuth App; enter the callback address.' },
    }),
    token: bearer({ label: 'Personal access token' }),
  },
  test: { get: '/user', show: '{{login}}' },
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  limits: {
    default: [
      concurrency(50, per('credential')),
      learned({ remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset', per: per('credential') }),
    ],
  },
  errors: { message: 'body.message', rate: [429, { status: 403, text: 'rate limit' }] },
  pages: { link: link({ items: 'body', size: ['query.per_page', 100] }) },
  options: {
    repositories: list({ request: { get: '/user/repos' }, items: 'body', value: 'name', label: 'full_name', pages: 'link' }),
  },
  actions: {
    'issue.create': issueCreate,
    'issue.update': issueUpdate,
    'issue.comment': issueComment,
    'issue.get': issueGet,
    'issue.list': issueList,
    'pull.create': pullCreate,
    'pull.merge': pullMerge,
    'pull.list': pullList,
    'file.get': fileGet,
    'file.put': filePut,
  },
  triggers: { 'issue.changed': issueChanged, push: pushed },
});
