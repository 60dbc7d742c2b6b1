import { describeConnector, openConnectorBench, readContract, type ConnectorProof } from '@millwright/testing/connectors';
import { expect, it } from 'vitest';
import github from './index.ts';

// Numbers, as GitHub's ids are.
const subscription = {
  create: 'repos/create-webhook',
  remove: 'repos/delete-webhook',
  answer: ({ id }: { readonly id: string }) => ({ id: Number(id.split('-')[1]) }),
};
const headers = { 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958', 'x-github-event': 'issues' };

const proof: ConnectorProof = {
  contract: 'github/rest.json',
  mock: { spanning: ['path'] },
  triggers: {
    'issue.changed': { body: JSON.stringify({ action: 'opened', issue: { number: 1347, title: 'Found a bug' } }), headers, subscription },
    push: {
      body: JSON.stringify({ ref: 'refs/heads/main', after: '6dcb09b5' }),
      headers: { ...headers, 'x-github-event': 'push' },
      subscription,
    },
  },
};

describeConnector(github, proof);

const description = readContract(proof.contract);

it.skipIf(description === null)('writing a file names the one that it replaces; one that is not there is new', async () => {
  const parameters = { owner: 'o', repo: 'r', path: 'a/b.md', content: 'x', message: 'm' };
  for (const isNew of [true, false]) {
    const bench = openConnectorBench(github, description ?? '', proof);
    if (isNew) bench.answerNext({ status: 404, body: { message: 'Not Found' } }, 1);
    expect(await bench.run('file.put', parameters)).toMatchObject([{ json: { sha: expect.any(String) } }]);
    const [read, write] = bench.requests();
    expect([read?.method, write?.method, write?.refusal]).toEqual(['GET', 'PUT', null]);
    expect(write?.url).toBe('https://api.github.com/repos/o/r/contents/a/b.md');
  }
});
