import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

const RUN = 'run_00000000000000000000000000';
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000);

let server: TestServer;
let owner: Visitor;
beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
});
afterAll(() => server.remove());

function cursor(at: string): string {
  return Buffer.from(`${at}|${RUN}`).toString('base64url');
}

it.each([
  ['a node id with NUL', `/runs/${RUN}/node-runs/%00/0`, 422],
  ['a node id that cannot be one', `/runs/${RUN}/node-runs/a%20b/0`, 400],
  ['a run index beyond every column', `/runs/${RUN}/node-runs/a/99999999999`, 400],
  ['a cursor with a time that only JavaScript reads', `/runs?cursor=${cursor('Sat Nov 21 2026 (noon)')}`, 400],
  ['a cursor from no calendar', `/runs?cursor=${cursor('2026-13-45T99:99:99.000000Z')}`, 400],
  ['a cursor with NUL', '/runs?cursor=%00', 422],
])('%s is the caller’s mistake, not a fault of ours', async (_name, path, status) => {
  const response = await fetch(`${server.url}/api/v1${path}`, { headers: { cookie: owner.cookie() } });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({
    code: expect.stringMatching(/text_unstorable|request_invalid|cursor_invalid/),
    hint: expect.any(String),
  });
});

it.each([{}, { 'idempotency-key': 'once' }])('a body that is too deep is refused, with %j too', async (headers) => {
  const response = await fetch(`${server.url}/api/v1/workflows`, {
    method: 'POST',
    headers: { cookie: owner.cookie(), 'x-millwright-csrf': '1', 'content-type': 'application/json', ...headers },
    body: DEEP,
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'json_too_deep']);
});
