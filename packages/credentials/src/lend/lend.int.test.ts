import { newId } from '@millwright/core';
import { credentialGrants, members, plans, versions, workflows } from '@millwright/db';
import { basic, exchange, jwt, openField, secretField } from '@millwright/node-sdk';
import { emptyDocument } from '@millwright/workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createStand, typeOf, type Stand } from '../testing/stand.ts';
import { testCredential } from './test-credential.ts';

let stand: Stand;
let server: Server;
let url: string;
/** Answers of the session address, in turn; then sessions. */
const answers: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }[] = [];
let asked = 0;
let elsewhere = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/elsewhere') elsewhere += 1;
    asked += 1;
    const answer = answers.shift() ?? { status: 200, body: JSON.stringify({ session: `s${asked}`, until: Date.now() + 3_600_000 }) };
    request.resume().on('end', () => response.writeHead(answer.status, answer.headers ?? {}).end(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `http://${host}`;
  const session = { url: `${url}/session`, method: 'POST', token: 'body.session', expiresAt: 'body.until' } as const;
  const password = secretField('password', 'Password');
  stand = await createStand(inject('adminUrl'), {
    allow: [host],
    types: [
      typeOf('basic', basic(), ['api.shop.example']),
      typeOf(
        'session',
        exchange({ exchange: { ...session, body: { as: 'json', values: { p: '{{fields.password}}' } } }, fields: [password] }),
        ['127.0.0.1'],
      ),
      typeOf('service', jwt({ algorithm: 'HS256', claims: { iss: '{{auth.issuer}}' }, fields: [openField('issuer', 'Issuer')] }), [
        '127.0.0.1',
      ]),
    ],
  });
});
afterAll(async () => {
  await stand.remove();
  server.closeAllConnections();
  server.close();
});

const refOf = (credentialId: string) => ({ workspaceId: stand.workspaceId, credentialId });
const tokenOf = async (credentialId: string) => stand.lender.lend(refOf(credentialId), async ({ token }) => token?.accessToken);

/** A version that somebody with a role published. */
async function publishedBy(role: 'editor' | 'admin'): Promise<{ readonly versionId: string; readonly userId: string }> {
  const [userId, workflowId, versionId] = [newId('user'), newId('workflow'), newId('version')];
  await stand.database.auth.query('insert into "user" (id, name, email) values ($1, $2, $3)', [userId, role, `${userId}@example.com`]);
  await stand.database.tenant(stand.workspaceId, async (tx) => {
    await members.add(tx, { userId, role });
    const { rows } = await tx.query<{ id: string }>('select id from projects');
    const document = emptyDocument('F');
    await workflows.create(tx, { id: workflowId, name: workflowId, projectId: rows[0]?.id ?? '', createdBy: userId });
    await plans.put(tx, {
      skeleton: { engineVersion: 1, planHash: 'p', order: 'parallel', timeoutMs: null, nodes: [] },
      configs: { a: { name: 'a', parameters: {}, credentials: {}, configHash: 'c' } },
      workflowName: 'F',
      settings: document.settings,
    });
    await versions.create(tx, { id: versionId, workflowId, number: 1, document, planHash: 'p', note: '', publishedBy: userId });
  });
  return { versionId, userId };
}

describe('a lend for a version', () => {
  it('A116: is refused from the moment at which sharing with whoever published it ends', async () => {
    const credentialId = await stand.create('shop.basic', { username: 'jane', password: 'x' });
    const { versionId, userId } = await publishedBy('editor');
    const lend = async (version = versionId) =>
      stand.lender.lend({ ...refOf(credentialId), versionId: version }, async ({ fields }) => fields['username']);
    const share = async (grants: Parameters<typeof credentialGrants.replace>[2]['grants']) =>
      stand.database.tenant(stand.workspaceId, async (tx) => credentialGrants.replace(tx, credentialId, { grants, by: userId }));
    const refused = { kind: 'auth', code: 'credential_not_shared', details: { sent: false } };
    await expect(lend()).rejects.toMatchObject(refused);
    await share([{ kind: 'user', subject: userId }]);
    expect(await lend()).toBe('jane');
    await share([{ kind: 'role', subject: 'editor' }]);
    expect(await lend()).toBe('jane');
    await share([{ kind: 'role', subject: 'operator' }]);
    await expect(lend()).rejects.toMatchObject(refused);
    expect(await lend((await publishedBy('admin')).versionId)).toBe('jane');
    await expect(lend(newId('version'))).rejects.toMatchObject(refused);
  });

  it('notes its use', async () => {
    const credentialId = await stand.create('shop.basic', { username: 'jane', password: 'x' });
    await stand.lender.lend(refOf(credentialId), async () => undefined);
    await expect.poll(async () => (await stand.row(credentialId)).lastUsedAt).not.toBeNull();
  });

  it('of what is not there says so', async () => {
    await expect(tokenOf(newId('credential'))).rejects.toMatchObject({ kind: 'auth', code: 'credential_unknown' });
  });
});

describe('a 401', () => {
  it('to something that cannot be renewed ends in "needs reconnect", until it is entered anew or a test succeeds', async () => {
    const credentialId = await stand.create('shop.basic', { username: 'jane', password: 'x' });
    await expect(stand.lender.renew(refOf(credentialId), 1)).rejects.toMatchObject({
      code: 'credential_reconnect',
      details: { cause: 'refused' },
    });
    await expect(tokenOf(credentialId)).rejects.toMatchObject({ code: 'credential_reconnect' });
    const { ports, lender } = stand;
    const probe = async () => ({ shown: 'Jane' });
    const test = { request: { get: '/me' } };
    const types = { ...ports.types, get: (type: string) => ({ ...(ports.types.get(type) ?? typeOf('x', basic(), [])), test }) };
    expect(await testCredential(refOf(credentialId), { ...ports, types, probe, lender })).toEqual({ health: 'working' });
    expect(await stand.row(credentialId)).toMatchObject({ health: 'working', account: 'Jane', healthText: null });
    expect(await tokenOf(credentialId)).toBeUndefined();
  });
});

describe('tokens without OAuth', () => {
  it('two steps: secrets are exchanged for a session, which is kept until it ends; a refusal is dead', async () => {
    const credentialId = await stand.create('shop.session', { password: 'p' });
    const first = await tokenOf(credentialId);
    expect(await tokenOf(credentialId)).toBe(first);
    stand.later(3_590_000);
    expect(await tokenOf(credentialId)).not.toBe(first);
    const wrong = await stand.create('shop.session', { password: 'wrong' });
    answers.push({ status: 403, body: '{"message":"no"}' });
    await expect(tokenOf(wrong)).rejects.toMatchObject({ code: 'credential_reconnect', details: { cause: 'refused' } });
  });

  it('A105, A111: a token address that redirects gets no second request: the body would go along', async () => {
    const credentialId = await stand.create('shop.session', { password: 'p' });
    answers.push({ status: 307, headers: { location: `${url}/elsewhere` }, body: '' });
    await expect(tokenOf(credentialId)).rejects.toMatchObject({ kind: 'transient', code: 'credential_renew_failed' });
    expect(elsewhere).toBe(0);
  });

  it('a service account’s assertion has its claims, times and signature', async () => {
    const credentialId = await stand.create('shop.service', { issuer: 'me', privateKey: 'k' });
    const parts = ((await tokenOf(credentialId)) ?? '').split('.');
    const claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString()) as { iss: string; iat: number; exp: number };
    expect(claims.iss).toBe('me');
    expect(claims.exp - claims.iat).toBe(310);
    expect(parts).toHaveLength(3);
  });
});
