import type { Request, RequestHandler, Response } from 'express';
import { itemOf, readBody } from './read-request.ts';

/** Largest body that is echoed, in bytes. */
const MAX_ECHO_BYTES = 1024 * 1024;

/** The built-in echo: answers a request with what it said, so that a newcomer's sample workflow has someone to call. */
export function echoHandler(): RequestHandler {
  return (request: Request, response: Response, next): void => {
    readBody(request, MAX_ECHO_BYTES)
      .then((body) => response.json({ received: itemOf(request, body).json, idempotencyKey: request.headers['idempotency-key'] ?? null }))
      .catch(next);
  };
}
