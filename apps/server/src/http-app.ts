import { createServer, type IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { UserError } from '@millwright/core';
import { checkApp, problemHandler, refuseUnknown, type Api, type Mount } from '@millwright/api';
import type { Logger } from '@millwright/platform';
import type { Served } from './config.ts';
import express, { type Express, type RequestHandler, type Router } from 'express';

/** What the HTTP app is made of. */
export interface HttpParts {
  readonly api: Api;
  readonly gateway: Router;
  /** What this process serves beside its health. */
  readonly serves: readonly Served[];
  /** Folder of the built web app; without it no pages are served. */
  readonly webDist?: string | undefined;
  readonly log: Logger;
}

/** Where to listen, and who takes WebSockets. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

/** Scripts from here only; styles may be set by the editor's own code, which is why inline ones are allowed. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  });
  next();
};

/** Files of the web app; every page address answers with its one page, unknown files with 404. */
function createWeb(webDist: string): Router {
  const web = express.Router();
  web.use('/assets', express.static(path.join(webDist, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  web.use(express.static(webDist, { index: false, maxAge: 0 }));
  web.get('/{*page}', (request, response, next) => {
    if (!request.accepts('html') || /\.[a-z0-9]+$/i.test(request.path)) next();
    else response.set('cache-control', 'no-cache').sendFile(path.join(webDist, 'index.html'), (fault) => (fault ? next(fault) : undefined));
  });
  return web;
}

/** The only addresses of a process that does not serve the API. */
const HEALTH = new Set(['/healthz', '/readyz']);

const healthOnly: RequestHandler = (request, _response, next) => {
  next(HEALTH.has(request.path) ? undefined : unserved(request.path));
};

function unserved(address: string): UserError {
  return new UserError('notFound', {
    code: 'not_served_here',
    message: `${address} is not served by this process`,
    hint: 'Ask a process with the role api or all.',
  });
}

const OPEN = { permission: 'anyone', csrf: 'none', audit: 'none' } as const;

/**
 * Puts gateway, API and web app together, and refuses to be made when something answers outside the registry.
 * @throws InvariantError `route_unregistered`, `route_incomplete`
 */
export function createHttpApp({ api, gateway, serves, webDist, log }: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders);
  const mounts: Mount[] = [];
  if (serves.includes('gateway')) {
    app.use(gateway);
    mounts.push({
      ...OPEN,
      name: 'webhooks and echo',
      handler: gateway,
      tenant: 'path',
      bodyLimitBytes: 5 * 1024 * 1024,
      rateClass: 'probe',
    });
  }
  if (!serves.includes('api')) app.use(healthOnly);
  app.use(api.router);
  if (webDist !== undefined && serves.includes('web')) {
    const web = createWeb(webDist);
    app.use(web);
    mounts.push({ ...OPEN, name: 'web app', handler: web, tenant: 'none', bodyLimitBytes: 0, rateClass: 'read' });
  }
  app.use(refuseUnknown);
  app.use(problemHandler(log));
  checkApp(app, api.router, mounts);
  return app;
}

function portTaken(port: number, cause: unknown): UserError {
  return new UserError('conflict', {
    code: 'port_taken',
    message: `port ${port} is in use by another program`,
    hint: `Stop that program, or choose another port: MILLWRIGHT_PORT=${port + 1} npm start`,
    cause,
  });
}

/**
 * Serves the app.
 * @returns the function that stops it: no new requests, those under way may finish
 * @throws UserError `port_taken`
 */
export async function listen(app: Express, { host, port, upgrade }: ListenOptions): Promise<() => Promise<void>> {
  const server = createServer({ keepAliveTimeout: 65_000 }, app);
  server.on('upgrade', (request, socket, head) => {
    if (!upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(fault.code === 'EADDRINUSE' ? portTaken(port, fault) : fault));
    server.listen(port, host, resolve);
  });
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const hurry = setTimeout(() => server.closeAllConnections(), 3_000);
    await closed;
    clearTimeout(hurry);
  };
}
