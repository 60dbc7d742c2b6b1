import { newId } from '@millwright/core';
import { sketchDocument } from '@millwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

let server: TestServer;
let owner: Visitor;
let editor: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
  editor = await createMember(server, owner, 'editor');
});
afterAll(() => server.remove());

/** What is found about drafts of which each names a credential in its one step; `null`: none. */
async function findings(credentialId: string | null) {
  const { id: workflowId } = await editor.client.workflows.create({ body: { name: newId('workflow') } });
  const { revision } = await editor.client.drafts.get({ workflowId });
  const document = sketchDocument(
    'Orders',
    [
      ['hook', 'core.webhook', {}],
      ['order', 'shop.order', {}],
    ],
    ['hook -> order'],
  );
  const nodes = document.nodes.map((node) =>
    node.id === 'order' ? { ...node, credentials: credentialId === null ? {} : { auth: credentialId } } : node,
  );
  await editor.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  const { problems } = await editor.client.workflows.problems({ workflowId });
  return problems.map(({ code, level, nodeId, field }) => [code, level, nodeId, field]);
}

it('the findings of a draft say which step has no connection, a foreign one, one of a wrong kind, or one that is not connected', async () => {
  const { client } = editor;
  const key = await client.credentials.create({ body: { type: 'shop.key', name: 'Key', fields: { key: 'k-12345' } } });
  const signedOut = await client.credentials.create({ body: { type: 'shop.oauth', name: 'Signed out' } });
  const foreign = await owner.client.credentials.create({ body: { type: 'shop.oauth', name: 'Of the owner' } });
  const at = (code: string, level = 'error') => [[code, level, 'order', 'credentials.auth']];
  expect(await findings(null)).toEqual(at('credential_missing'));
  expect(await findings(foreign.id)).toEqual(at('credential_forbidden'));
  expect(await findings(newId('credential'))).toEqual(at('credential_forbidden'));
  expect(await findings('cred_nonsense')).toEqual(at('credential_forbidden'));
  expect(await findings(key.id)).toEqual(at('credential_type_wrong'));
  expect(await findings(signedOut.id)).toEqual(at('credential_reconnect', 'warning'));
});
