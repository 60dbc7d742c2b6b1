import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Router } from 'express';
import type { ApiPorts } from './deps.ts';
import { DraftServer } from './drafts/draft-server.ts';
import { Identity } from './identity/identity.ts';
import { RunChanges } from './live/run-changes.ts';
import { PlugProof, type ProofReceiver } from './reliability/plug-proof.ts';
import { RateLimiter } from './registry/rate-limit.ts';
import { buildRouter } from './registry/router.ts';
import { routes } from './routes/routes.ts';

/** The API of one process. */
export interface Api {
  /** Mount it at the root: it serves `/api/v1`, `/healthz` and `/readyz`, and answers errors below them with problems. */
  readonly router: Router;
  /** For the HTTP server's `upgrade` event. False: not ours, the socket was not touched. */
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Tells open editors that node types, or what is wrong with them, have changed. */
  readonly tellNodeTypes: () => void;
  /** Takes what runs of a proof send. */
  readonly proofReceiver: ProofReceiver;
  /** Ends every stream and socket, and stores every draft. Call it before the HTTP server and the database close. */
  readonly close: () => Promise<void>;
}

/**
 * Makes the API.
 * @throws InvariantError `route_incomplete` naming the route that lacks one of its rules
 */
export function createApi(ports: ApiPorts): Api {
  const limiter = new RateLimiter(ports.clock, ports.rateLimits);
  const identity = new Identity({ db: ports.db, secret: ports.authSecret, publicUrl: ports.publicUrl });
  const drafts = new DraftServer({ ...ports, identity, limiter });
  const runChanges = new RunChanges(ports.db);
  const plugProof = new PlugProof(ports);
  void plugProof.follow();
  const router = buildRouter(routes, { ...ports, identity, drafts, runChanges, limiter, plugProof });
  return {
    router,
    tellNodeTypes: () => drafts.tellNodeTypes(),
    proofReceiver: plugProof,
    handleUpgrade: (request, socket, head) => drafts.handleUpgrade(request, socket, head),
    close: async () => {
      runChanges.close();
      identity.access.close();
      await plugProof.stop();
      await drafts.close();
    },
  };
}
