import { workflowDocumentSchema } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

let server: TestServer;
let owner: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
});
afterAll(() => server?.remove());

/** Makes a workflow with steps of these types. */
async function draw(name: string, types: readonly string[]): Promise<string> {
  const { id } = await owner.client.workflows.create({ body: { name } });
  const { revision } = await owner.client.drafts.get({ workflowId: id });
  const nodes = types.map((type, index) => ({ id: `n${index}`, name: `Step ${index}`, type, version: 1, position: [0, 0] }));
  const body = workflowDocumentSchema.parse({ format: 'millwright.workflow/1', name, nodes });
  await owner.client.drafts.put({ workflowId: id, revision, body });
  return id;
}

const usage = async (by = owner): Promise<unknown> => (await by.client.nodeTypes.usage({})).items;

describe('what a workspace uses', () => {
  it('is nothing at first', async () => {
    expect(await usage()).toEqual([]);
  });

  it('is counted by workflows, however often one has a type, the most used first; archived ones do not count', async () => {
    await draw('One', ['core.manual', 'core.if', 'core.if', 'core.if']);
    await draw('Two', ['core.manual', 'http.request']);
    const gone = await draw('Gone', ['http.request', 'http.request']);
    await owner.client.workflows.remove({ workflowId: gone });
    const expected = [
      { type: 'core.manual', workflows: 2 },
      { type: 'core.if', workflows: 1 },
      { type: 'http.request', workflows: 1 },
    ];
    expect(await usage()).toEqual(expected);
    expect(await usage(await createMember(server, owner, 'viewer'))).toEqual(expected);
  });
});
