import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@millwright/testing';
import { createMember, createOwner, startTestServer, visitor, type TestServer, type Visitor } from '../testing/test-server.ts';

const PASSWORD = 'correct horse battery staple';
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('the first owner', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.remove());

  it('is created once, however many try at once', async () => {
    const body = (n: number) => ({
      name: `P${n}`,
      email: n < 4 ? 'same@example.com' : `p${n}@example.com`,
      password: PASSWORD,
      workspaceName: `W${n}`,
    });
    expect(await visitor(server.url).client.setup.get()).toEqual({ needsOwner: true });
    const results = await Promise.allSettled(
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => visitor(server.url).client.setup.create({ body: body(n) })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []));
    expect(new Set(codes)).toEqual(new Set(['owner_exists']));
    expect(await visitor(server.url).client.setup.get()).toEqual({ needsOwner: false });
    const [count] = await server.sql(
      'select (select count(*)::int from workspaces) as workspaces, (select count(*)::int from members) as members, (select count(*)::int from "user") as people',
    );
    expect(count).toEqual({ workspaces: 1, members: 1, people: 1 });
  });
});

describe('people', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterAll(() => server.remove());

  it('sign in with a password and see who they are; the cookie is out of reach of scripts', async () => {
    const person = visitor(server.url);
    const response = await person.fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-millwright-csrf': '1' },
      body: JSON.stringify({ email: 'ANA@example.com ', password: PASSWORD }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie().join()).toMatch(/millwright\.session_token=.*HttpOnly.*SameSite=Lax/i);
    expect(await person.client.session.get()).toMatchObject({ user: { name: 'Ana' }, workspace: { name: 'Acme' }, role: 'owner' });
    await person.client.session.remove();
    expect(await refusal(person.client.session.get())).toMatchObject({ status: 401, code: 'not_signed_in' });
  });

  it('get the same refusal for a wrong password and an unknown address', async () => {
    const wrong = await refusal(
      visitor(server.url).client.session.create({ body: { email: 'ana@example.com', password: 'not the password' } }),
    );
    const unknown = await refusal(
      visitor(server.url).client.session.create({ body: { email: 'nobody@example.com', password: 'not the password' } }),
    );
    expect(wrong).toMatchObject({ status: 401, code: 'wrong_credentials' });
    expect(unknown).toMatchObject({ status: 401, code: 'wrong_credentials', message: (wrong as Error).message });
  });

  it('cannot use a session cookie that was signed by somebody else', async () => {
    const stolen = owner.cookie().replace(/\.[^.]*$/, '.AAAA');
    const response = await fetch(`${server.url}/api/v1/session`, { headers: { cookie: stolen } });
    expect(response.status).toBe(401);
  });

  it('join by an invitation link, once', async () => {
    const { link, id } = await owner.client.invitations.create({ body: { email: 'Eva@Example.com', role: 'editor' } });
    expect((await owner.client.invitations.list()).items.map((item) => item.id)).toContain(id);
    const token = link.slice(-26);
    const eva = visitor(server.url);
    expect(await eva.client.invitations.getByToken({ token })).toEqual({
      email: 'eva@example.com',
      role: 'editor',
      workspaceName: 'Acme',
      hasAccount: false,
    });
    expect(await eva.client.invitations.accept({ token, body: { name: 'Eva', password: PASSWORD } })).toMatchObject({
      role: 'editor',
      user: { name: 'Eva' },
    });
    expect(
      await refusal(visitor(server.url).client.invitations.accept({ token, body: { name: 'Mal', password: PASSWORD } })),
    ).toMatchObject({ status: 404, code: 'invitation_unknown' });
  });

  it('join once when the link is used several times at the same moment; the others are told', async () => {
    const { link } = await owner.client.invitations.create({ body: { email: 'race@example.com', role: 'viewer' } });
    const accept = () => visitor(server.url).client.invitations.accept({ token: link.slice(-26), body: { name: 'R', password: PASSWORD } });
    const results = await Promise.allSettled([accept(), accept(), accept(), accept()]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const statuses = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { status: number }).status] : []));
    for (const status of statuses) expect([401, 404, 409]).toContain(status);
  });

  it('cannot join by a link that was withdrawn', async () => {
    const { link, id } = await owner.client.invitations.create({ body: { email: 'max@example.com', role: 'viewer' } });
    await owner.client.invitations.remove({ invitationId: id });
    expect(await refusal(visitor(server.url).client.invitations.getByToken({ token: link.slice(-26) }))).toMatchObject({ status: 404 });
  });

  it('are told which permission is missing and who can grant it', async () => {
    const viewer = await createMember(server, owner, 'viewer');
    const thrown = await refusal(viewer.client.workflows.create({ body: { name: 'x' } }));
    expect(thrown).toMatchObject({ status: 403, code: 'permission_missing' });
    expect((thrown as { detail: string }).detail).toContain('workflows.edit');
    expect((thrown as { hint: string }).hint).toMatch(/owner, admin, editor.*owner or admin.*can change your role/s);
  });

  it('cannot make themselves owners by being admins', async () => {
    const admin = await createMember(server, owner, 'admin');
    const members = (await admin.client.members.list()).items;
    const ownId = members.find((member) => member.role === 'admin')?.id ?? '';
    const ownerId = members.find((member) => member.role === 'owner')?.id ?? '';
    expect(await refusal(admin.client.members.update({ memberId: ownId, body: { role: 'owner' } }))).toMatchObject({ code: 'owner_only' });
    expect(await refusal(admin.client.members.remove({ memberId: ownerId }))).toMatchObject({ code: 'owner_only' });
    expect(await refusal(admin.client.invitations.create({ body: { email: 'o@example.com', role: 'owner' } }))).toMatchObject({
      code: 'owner_only',
    });
    expect(await refusal(owner.client.members.update({ memberId: ownerId, body: { role: 'viewer' } }))).toMatchObject({
      status: 409,
      code: 'last_owner',
    });
  });

  it('lose sessions and open streams when they are removed', async () => {
    const operator = await createMember(server, owner, 'operator');
    const states: string[] = [];
    const watching = refusal(
      operator.client.runs.watchAll(
        {},
        { on: { run: () => undefined }, onState: (state) => states.push(state), signal: AbortSignal.timeout(20_000) },
      ),
    );
    await eventually(() => states.includes('live'));
    const memberId = (await owner.client.members.list()).items.find((member) => member.role === 'operator')?.id ?? '';
    await owner.client.members.remove({ memberId });
    expect(await watching).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect(await refusal(operator.client.workflows.list())).toMatchObject({ status: 401 });
    const [audited] = await server.sql(`select action from audit_log where action = 'member.removed'`);
    expect(audited).toEqual({ action: 'member.removed' });
  });

  it('must come from our own page to change something', async () => {
    const send = (headers: Record<string, string>, body = '{"name":"x"}'): Promise<Response> =>
      fetch(`${server.url}/api/v1/workflows`, { method: 'POST', headers: { cookie: owner.cookie(), ...headers }, body });
    const json = { 'content-type': 'application/json' };
    expect((await send(json)).status).toBe(403);
    expect((await send({ ...json, 'x-millwright-csrf': '1', origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({ ...json, 'x-millwright-csrf': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ 'content-type': 'text/plain', 'x-millwright-csrf': '1' })).status).toBe(415);
    expect((await send({ ...json, 'x-millwright-csrf': '1', origin: server.url })).status).toBe(201);
  });
});
