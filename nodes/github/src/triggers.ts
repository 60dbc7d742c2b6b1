import { hmac, z, type ConnectorTriggerSpec, type VerifySpec } from '@millwright/node-sdk';
import { of as example, repository } from './fields.ts';

const verify: VerifySpec = hmac('sha256', { header: 'x-hub-signature-256', format: 'sha256={{signature}}', secret: 'kept.secret' });

/** A webhook of one repository for one kind of event. */
function hook(events: readonly string[]): NonNullable<ConnectorTriggerSpec['webhook']> {
  return {
    subscribe: {
      post: '/repos/{{owner}}/{{repo}}/hooks',
      body: { name: 'web', active: true, events, config: { url: '{{callback.url}}', content_type: 'json', secret: '{{callback.secret}}' } },
      keep: { id: 'body.id' },
    },
    unsubscribe: { delete: '/repos/{{owner}}/{{repo}}/hooks/{{kept.id}}' },
    verify,
    dedupe: 'header.x-github-delivery',
  };
}

const input = z.strictObject(repository);

export const issueChanged: ConnectorTriggerSpec = {
  title: 'Issue changed',
  description: 'When an issue is opened, changed, commented on or closed.',
  aliases: ['webhook', 'vorgang'],
  input,
  output: {
    schema: z.object({ action: z.string(), issue: z.object({ number: z.int(), title: z.string() }) }),
    sample: { action: 'opened', issue: { number: 1347, title: 'Found a bug' } },
  },
  example,
  webhook: hook(['issues', 'issue_comment']),
  poll: {
    use: 'issue.list',
    input: { owner: '{{owner}}', repo: '{{repo}}', state: 'all', since: '{{cursor}}' },
    every: '5m',
    cursor: { field: 'updated_at', overlap: '60s' },
    dedupe: 'number+updated_at',
  },
};

export const pushed: ConnectorTriggerSpec = {
  title: 'Push',
  description: 'When commits reach a repository.',
  aliases: ['commit', 'webhook'],
  input,
  output: {
    schema: z.object({ ref: z.string(), after: z.string() }),
    sample: { ref: 'refs/heads/main', after: '6dcb09b5b57875f334f61aebed695e2e4193db5e' },
  },
  example,
  webhook: hook(['push']),
};
