import type { Database } from '@millwright/db';
import type { ResolvedEndpoint } from '@millwright/gateway';

/** Announced by Postgres at the commit of every change that resolving an endpoint could see. */
const CHANNEL = 'endpoints_changed';
/** Endpoints kept; the oldest leave first. */
const MAX_KEPT = 10_000;
/** Kept no longer than this, in ms, should a link be dead without anybody having noticed. */
const MAX_AGE_MS = 5_000;

interface Kept {
  readonly endpoint: ResolvedEndpoint;
  readonly atMs: number;
}

/** What the cache needs. */
export interface EndpointCacheParts {
  readonly db: Pick<Database, 'listen' | 'isListening'>;
  readonly load: (endpointId: string) => Promise<ResolvedEndpoint | null>;
  readonly monotonicMs: () => number;
}

/**
 * Resolved endpoints in memory. Publishing, switching off and archiving empty it in every process at once; while this process
 * does not hear of changes, it reads each time. What does not exist is never kept.
 */
export class EndpointCache {
  readonly #parts: EndpointCacheParts;
  readonly #kept = new Map<string, Kept>();
  /** Changes so far: what was read before one is not kept after it. */
  #changes = 0;

  constructor(parts: EndpointCacheParts) {
    this.#parts = parts;
    const forget = (): void => {
      this.#changes += 1;
      this.#kept.clear();
    };
    parts.db.listen(CHANNEL, forget, forget);
  }

  /** @throws TransientError `database_unavailable` */
  async resolve(endpointId: string): Promise<ResolvedEndpoint | null> {
    const { db, load, monotonicMs } = this.#parts;
    const isListening = db.isListening();
    const kept = this.#kept.get(endpointId);
    if (isListening && kept !== undefined && monotonicMs() - kept.atMs < MAX_AGE_MS) return kept.endpoint;
    const [changes, atMs] = [this.#changes, monotonicMs()];
    const endpoint = await load(endpointId);
    if (!isListening || changes !== this.#changes || endpoint === null) return endpoint;
    this.#kept.delete(endpointId);
    this.#kept.set(endpointId, { endpoint, atMs });
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return endpoint;
  }
}
