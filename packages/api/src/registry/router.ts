import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { randomToken } from '@millwright/core';
import type { Logger } from '@millwright/platform';
import type { ApiDeps } from '../deps.ts';
import { toProblem, unknownAddress } from '../problems.ts';
import { checkRoutes } from './check.ts';
import type { Route } from './route.ts';
import { handlersOf } from './serve.ts';

/** Fixed words before parameters, so that `/runs/events` is not taken for a run. */
function bySpecificity(a: Route, b: Route): number {
  const count = (route: Route): number => route.contract.path.split(':').length;
  return count(a) - count(b);
}

/**
 * Answers every error with a problem. Express knows it by its four parameters.
 * Use it for the app too, after everything else: the gateway throws the same errors.
 */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const problem = toProblem(thrown);
    const requestId = randomToken();
    const fields = { requestId, method: request.method, path: request.path, status: problem.body.status, code: problem.body.code };
    if (problem.unexpected) log.error({ ...fields, err: thrown }, 'a request failed by a fault of ours');
    else if (problem.body.status >= 500) log.warn({ ...fields, err: thrown }, 'a request could not be served');
    if (problem.retryAfterS !== undefined) response.set('retry-after', String(problem.retryAfterS));
    response
      .status(problem.body.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem.body, requestId }));
  };
}

/** Answers what nobody serves with a problem. */
export const refuseUnknown: RequestHandler = (request) => {
  throw unknownAddress(request.method, request.baseUrl + request.path);
};

/**
 * Makes a router of the registry.
 * @throws InvariantError `route_incomplete` naming the route that lacks a rule
 */
export function buildRouter(routes: readonly Route[], deps: ApiDeps): Router {
  checkRoutes(routes);
  const router = Router();
  for (const route of routes.toSorted(bySpecificity)) {
    const method = route.contract.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](route.contract.path, ...handlersOf(route, deps));
  }
  router.use('/api', refuseUnknown);
  router.use(problemHandler(deps.log));
  return router;
}
