import { ROLES } from '@millwright/contracts/permissions';
import { newId } from '@millwright/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAllowed } from '../permissions.ts';
import { routeName } from '../registry/check.ts';
import type { Route } from '../registry/route.ts';
import { createMember, createOwner, startTestServer, visitor, type TestServer, type Visitor } from '../testing/test-server.ts';
import { routes } from './routes.ts';

/** An id of the right shape that names nothing. */
const NOTHING: Readonly<Record<string, string>> = {
  workflowId: newId('workflow'),
  versionId: newId('version'),
  entryId: newId('restorePoint'),
  runId: newId('run'),
  memberId: newId('member'),
  invitationId: newId('invitation'),
  nodeId: 'a',
  runIndex: '0',
  credentialId: newId('credential'),
  mailId: newId('mail'),
  connectorKey: 'nothing',
  key: 'nothing_here',
  token: 'a'.repeat(26),
};

describe('every route', () => {
  let server: TestServer;
  const people = new Map<string, Visitor>();
  beforeAll(async () => {
    const rate = { burst: 10_000, perSecond: 1000 };
    server = await startTestServer({ rateLimits: { signIn: rate, read: rate, write: rate, stream: rate, probe: rate } });
    const owner = await createOwner(server);
    people.set('owner', owner);
    for (const role of ['admin', 'editor', 'operator', 'viewer'] as const) people.set(role, await createMember(server, owner, role));
  });
  afterAll(() => server.remove());

  const ask = async (route: Route, person: Visitor, csrf = true): Promise<number> => {
    const { method, path } = route.contract;
    const url = server.url + path.replaceAll(/:([a-zA-Z]+)/g, (_all, name: string) => NOTHING[name] ?? '');
    const headers = { ...(csrf ? { 'x-millwright-csrf': '1' } : {}), 'if-match': '"1"', 'content-type': 'application/json' };
    const stop = new AbortController();
    const response = await person.fetch(url, { method, headers, signal: stop.signal, ...(method === 'GET' ? {} : { body: '[]' }) });
    stop.abort();
    return response.status;
  };

  const guarded = routes.filter((route) => route.permission !== 'anyone');

  it.each(guarded.map((route) => [routeName(route), route] as const))('%s asks who it is', async (_name, route) => {
    expect(await ask(route, visitor(server.url))).toBe(401);
  });

  it.each(routes.filter((route) => route.contract.method !== 'GET').map((route) => [routeName(route), route] as const))(
    '%s must come from our own page',
    async (_name, route) => {
      expect(await ask(route, people.get('owner') ?? visitor(server.url), false)).toBe(403);
    },
  );

  // Signing out comes last for each person: it is the one route here that changes something.
  const cases = guarded
    .filter((route) => route.permission !== 'signedIn')
    .flatMap((route) => ROLES.map((role) => [routeName(route), role, route] as const));
  it.each(cases)('%s obeys the role %s', async (_name, role, route) => {
    const status = await ask(route, people.get(role) ?? visitor(server.url));
    const mayPass = route.permission === 'anyone' || route.permission === 'signedIn' || isAllowed(role, route.permission);
    expect(status === 403).toBe(!mayPass);
    expect(status).not.toBe(401);
    expect(status).toBeLessThan(500);
  });
});
