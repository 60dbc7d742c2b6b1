import type { Database } from '@millwright/db';
import type { Principal } from '../principal.ts';

/** Postgres channel on which every process hears whose access changed; the payload is a user id. */
const CHANNEL = 'access_changed';

/** Longest life of one stream in ms; its reader opens another and is checked again. */
const MAX_STREAM_MS = 3_600_000;

/** What is held open by somebody's access: event streams, draft sockets. */
interface Held {
  readonly userId: string;
  readonly close: () => void;
}

/**
 * Everything that is open because somebody may see it. When her sessions end, her role changes or she is removed,
 * all of it is closed, in every process; a reader that still may see comes back and is checked like anybody.
 */
export class Access {
  readonly #db: Database;
  readonly #held = new Set<Held>();
  readonly #stop: () => void;
  constructor(db: Database) {
    this.#db = db;
    this.#stop = db.listen(
      CHANNEL,
      (userId) => this.#closeWhere((held) => held.userId === userId),
      () => this.#closeWhere(() => true),
    );
  }

  /**
   * Registers something open.
   * @param principal whose access it lives by
   * @param close called once when that access may have changed, and after an hour
   * @returns to be called when it closed by itself
   */
  hold(principal: Pick<Principal, 'userId'>, close: () => void): () => void {
    const held: Held = { userId: principal.userId, close };
    const timer = setTimeout(() => this.#close(held), MAX_STREAM_MS);
    timer.unref();
    this.#held.add(held);
    return () => {
      clearTimeout(timer);
      this.#held.delete(held);
    };
  }

  /** Tells every process that a person's access changed; resolves when Postgres has passed it on. */
  async announce(userId: string): Promise<void> {
    await this.#db.identity.query('select pg_notify($1, $2)', [CHANNEL, userId]);
  }

  /** Closes everything and hears no more. */
  close(): void {
    this.#stop();
    this.#closeWhere(() => true);
  }

  #closeWhere(matches: (held: Held) => boolean): void {
    for (const held of this.#held) if (matches(held)) this.#close(held);
  }

  #close(held: Held): void {
    if (this.#held.delete(held)) held.close();
  }
}
