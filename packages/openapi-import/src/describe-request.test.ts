import { defineConnector } from '@millwright/node-sdk';
import { readCurl } from '@millwright/workflow/curl';
import { describe, expect, it } from 'vitest';
import { describeRequest } from './describe-request.ts';
import { importDescription } from './import-description.ts';
import { proveImport } from './testing/prove-import.ts';
import { toConnectorSpec } from './to-connector.ts';

const CURL = `curl -X POST 'https://api.example.com/v1/projects/4711/tasks?notify=true' -H 'Authorization: Bearer secret1' -H 'X-Version: 2' -H 'Content-Type: application/json' -d '{"name":"Call Jane","due":null,"tags":["a"],"points":3}'`;

describe('a cURL command as a connector', () => {
  const description = describeRequest(readCurl(CURL), 'Projects');
  const imported = importDescription(description);

  it('has one action with a field for each value, and no secret', () => {
    expect(Object.values(imported.actions)).toMatchObject([
      {
        operation: 'POST /v1/projects/{project_id}/tasks',
        effect: { by: 'unsafe' },
        request: {
          post: '/v1/projects/{{project_id}}/tasks',
          query: { notify: '{{notify}}' },
          headers: { 'X-Version': '2' },
          body: { name: '{{name}}', tags: '{{tags}}' },
        },
        example: { project_id: '4711', name: 'Call Jane', points: 3 },
      },
    ]);
    expect(imported.auth).toMatchObject({ connection: { kind: 'bearer' } });
    expect(JSON.stringify(imported)).not.toContain('secret1');
  });

  it('loads, and sends what was sent', async () => {
    expect(defineConnector(toConnectorSpec(imported)).nodes).toHaveLength(1);
    expect(await proveImport(description, 'https://api.example.com')).toMatchObject({ accepted: 1, faults: [] });
  });

  it.each([
    ['a form', 'curl https://x.io/a -d a=1 -d b=2'],
    ['files', 'curl https://x.io/a -F file=@a.png -F b=2'],
    ['text', "curl https://x.io/a -H 'content-type: text/plain' -d hello"],
    ['a key', "curl https://x.io/a/9f8e7d6c-1111-4222-8333-444455556666 -H 'x-api-key: k'"],
    ['no path', 'curl https://x.io -u a:b'],
  ])('takes %s', async (_name, command) => {
    expect(await proveImport(describeRequest(readCurl(command)), 'https://x.io')).toMatchObject({ operations: 1, accepted: 1, faults: [] });
  });
});
