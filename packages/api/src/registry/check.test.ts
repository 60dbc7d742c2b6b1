import { endpoints, type Endpoint } from '@millwright/contracts';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { routes } from '../routes/routes.ts';
import { checkApp, checkRoute, checkRoutes, routeName } from './check.ts';
import { defineRoute, READ_RULES, WRITE_RULES, type Route } from './route.ts';

const route = defineRoute(endpoints.workflows.list, { ...READ_RULES, permission: 'workflows.read' }, async () => ({
  items: [],
  nextCursor: null,
}));
const without = (rule: keyof Route): Partial<Route> => ({ ...route, [rule]: undefined });

describe('the registry', () => {
  it.each(['permission', 'tenant', 'bodyLimitBytes', 'rateClass', 'csrf', 'audit', 'handle'] as const)(
    'refuses a route without its %s',
    (rule) => {
      expect(() => checkRoute(without(rule))).toThrow(
        expect.objectContaining({ code: 'route_incomplete', message: expect.stringContaining('GET /api/v1/workflows') }),
      );
    },
  );

  it('refuses a route without a contract, and rules that make no sense together', () => {
    const { contract: _contract, ...rest } = route;
    expect(() => checkRoute(rest)).toThrow(/lacks its contract/);
    expect(() => checkRoute({ ...route, permission: 'anyone' })).toThrow(/tenant/);
    expect(() => checkRoute({ ...route, contract: endpoints.workflows.remove })).toThrow(/CSRF/);
    expect(() => checkRoute({ ...route, contract: endpoints.runs.watch })).toThrow(/stream/);
    expect(() => checkRoute({ ...route, ...WRITE_RULES, audit: 'none' })).toThrow(/body limit/);
    expect(() => checkRoutes([route, route])).toThrow(/twice/);
  });

  it('has exactly one route for each contract, each complete', () => {
    expect(() => checkRoutes(routes)).not.toThrow();
    const contracts = Object.values(endpoints).flatMap((group) => Object.values<Endpoint>(group));
    expect(new Set(routes.map(routeName))).toEqual(new Set(contracts.map((contract) => routeName({ contract }))));
  });

  it('guards every write with the CSRF rule, and nothing but entry and probes is open to anybody', () => {
    expect(routes.filter((entry) => entry.contract.method !== 'GET' && entry.csrf !== 'required')).toEqual([]);
    expect(
      routes
        .filter((entry) => entry.permission === 'anyone')
        .map(routeName)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toMatchInlineSnapshot(`
      [
        "GET /api/v1/invitations/by-token/:token",
        "GET /api/v1/openapi.json",
        "GET /api/v1/setup",
        "GET /healthz",
        "GET /readyz",
        "POST /api/v1/invitations/by-token/:token/accept",
        "POST /api/v1/session",
        "POST /api/v1/setup",
      ]
    `);
  });
});

describe('the app', () => {
  const api = express.Router();
  api.get('/api/v1/x', (_request, response) => response.end());
  const rules = { permission: 'anyone', tenant: 'path', bodyLimitBytes: 1, rateClass: 'write', csrf: 'none', audit: 'none' } as const;

  it('may have the API, declared mounts and middleware for all paths', () => {
    const app = express();
    const hooks = express.Router();
    hooks.all('/hooks/:id', (_request, response) => response.end());
    app.use((_request, _response, next) => next());
    app.use(api);
    app.use(hooks);
    expect(() => checkApp(app, api, [{ ...rules, name: 'webhooks', handler: hooks }])).not.toThrow();
    expect(() => checkApp(app, api)).toThrow(/hooks/);
  });

  it.each<[string, (app: express.Express) => void]>([
    ['GET /back-door', (app) => app.get('/back-door', (_request, response) => response.end())],
    ['USE /files', (app) => app.use('/files', (_request, response) => response.end())],
    ['POST /deep', (app) => app.use(express.Router().post('/deep', (_request, response) => response.end()))],
  ])('refuses to start with %s outside the registry', (name, add) => {
    const app = express();
    app.use(api);
    add(app);
    expect(() => checkApp(app, api)).toThrow(
      expect.objectContaining({ code: 'route_unregistered', message: expect.stringContaining(name) }),
    );
  });

  it('refuses a mount that lacks a rule', () => {
    const { csrf: _csrf, ...rest } = rules;
    expect(() => checkApp(express(), api, [{ ...rest, name: 'webhooks', handler: null } as never])).toThrow(/webhooks lacks its csrf rule/);
  });
});
