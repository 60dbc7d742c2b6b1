import type { Express, Router } from 'express';
import { PERMISSIONS } from '@millwright/contracts/permissions';
import { InvariantError } from '@millwright/core';
import type { Route, RouteRules } from './route.ts';
import { RATE_LIMITS } from './rate-limit.ts';

/** Something that answers requests beside the API: the gateway, the web app's files. Under the same rules as a route. */
export interface Mount extends RouteRules {
  /** For messages: `webhooks`. */
  readonly name: string;
  /** The very function or router that was given to `app.use`. */
  readonly handler: unknown;
}

/** What makes a value of each rule acceptable. */
const RULES: { readonly [K in keyof RouteRules]: (value: unknown) => boolean } = {
  permission: (value) => ['signedIn', 'anyone', ...PERMISSIONS].includes(String(value)),
  tenant: (value) => value === 'session' || value === 'path' || value === 'none',
  bodyLimitBytes: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  rateClass: (value) => typeof value === 'string' && Object.hasOwn(RATE_LIMITS, value),
  csrf: (value) => value === 'required' || value === 'none',
  audit: (value) => value === 'none' || (typeof value === 'string' && /^[a-zA-Z]+\.[a-zA-Z]+$/.test(value)),
};

function refuse(name: string, why: string): never {
  throw new InvariantError({ code: 'route_incomplete', message: `the route ${name} ${why}`, details: { route: name } });
}

function checkRules(name: string, rules: Partial<RouteRules>): void {
  for (const [rule, accepts] of Object.entries(RULES)) {
    const value = rules[rule as keyof RouteRules];
    if (!accepts(value))
      refuse(name, value === undefined ? `lacks its ${rule} rule` : `has a ${rule} rule that makes no sense: ${String(value)}`);
  }
  if (rules.permission !== 'anyone' && rules.tenant !== 'session') refuse(name, 'needs a session, so its tenant must come from there');
  if (rules.permission === 'anyone' && rules.tenant === 'session') refuse(name, 'takes its tenant from a session but needs none');
}

/** How a route is named in messages: `GET /api/v1/runs`. */
export function routeName(route: Pick<Route, 'contract'>): string {
  return `${route.contract.method} ${route.contract.path}`;
}

/**
 * Checks one entry of the registry.
 * @throws InvariantError `route_incomplete` naming the route and what it lacks
 */
export function checkRoute(route: Partial<Route>): void {
  if (route.contract === undefined) refuse('(no contract)', 'lacks its contract');
  const name = routeName({ contract: route.contract });
  checkRules(name, route);
  if (typeof route.handle !== 'function') refuse(name, 'lacks its handler');
  if ('events' in route.contract.answer !== (route.stream !== undefined))
    refuse(name, 'must be a stream exactly where its contract names events');
  if (route.contract.method !== 'GET' && route.csrf !== 'required') refuse(name, 'changes something and must require the CSRF rule');
  if ((route.contract.body !== undefined) !== (route.bodyLimitBytes !== 0))
    refuse(name, 'must have a body limit exactly where it takes a body');
}

/**
 * Checks the whole list: every entry complete, none twice.
 * @throws InvariantError `route_incomplete`
 */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const route of routes) {
    checkRoute(route);
    if (seen.has(routeName(route))) refuse(routeName(route), 'is in the registry twice');
    seen.add(routeName(route));
  }
}

interface Layer {
  readonly handle: unknown;
  readonly slash?: boolean;
  readonly rawPath?: unknown;
  readonly route?: { readonly path: unknown; readonly methods?: Readonly<Record<string, boolean>> };
}

/**
 * Refuses an app that answers somewhere without the registry's knowledge: a route or a handler under a path that is neither
 * the API nor a declared mount. Middleware for all paths is fine. Call it once, after everything was added.
 * @throws InvariantError `route_unregistered` naming the route
 */
export function checkApp(app: Express, api: Router, mounts: readonly Mount[] = []): void {
  for (const mount of mounts) checkRules(mount.name, mount);
  const known = new Set<unknown>([api, ...mounts.map((mount) => mount.handler)]);
  for (const layer of (app.router as unknown as { readonly stack: readonly Layer[] }).stack) checkLayer(layer, known);
}

function checkLayer(layer: Layer, known: ReadonlySet<unknown>): void {
  if (known.has(layer.handle)) return;
  const nested = layerStack(layer.handle);
  if (layer.route === undefined && nested === null && layer.slash === true) return;
  if (nested !== null) {
    for (const inner of nested) checkLayer(inner, known);
    return;
  }
  const methods = Object.keys(layer.route?.methods ?? {})
    .join(', ')
    .toUpperCase();
  const name = `${methods === '' ? 'USE' : methods} ${String(layer.route?.path ?? layer.rawPath)}`;
  throw new InvariantError({ code: 'route_unregistered', message: `the route ${name} is not in the registry`, details: { route: name } });
}

function layerStack(handle: unknown): readonly Layer[] | null {
  return typeof handle === 'function' && 'stack' in handle && Array.isArray(handle.stack) ? (handle.stack as readonly Layer[]) : null;
}
