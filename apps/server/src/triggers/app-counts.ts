import { messageOf } from '@millwright/core';
import { clientApps } from '@millwright/db';
import type { AppAddress } from '@millwright/gateway';
import type { TriggerParts } from './trigger-parts.ts';

/** How often counts are stored, ms: a row per app and process at most so often, however much comes. */
const EVERY_MS = 1_000;

type Counts = Pick<clientApps.EventCounts, 'taken' | 'dropped' | 'refused'>;

/** Counts what comes to the addresses of client apps, for admins; a death loses a second of it. */
export class AppCounts {
  readonly #parts: Pick<TriggerParts, 'db' | 'log'>;
  readonly #timer: NodeJS.Timeout;
  #counted = new Map<string, AppAddress & Counts>();
  #storing: Promise<void> = Promise.resolve();

  constructor(parts: Pick<TriggerParts, 'db' | 'log'>) {
    this.#parts = parts;
    this.#timer = setInterval(() => {
      this.#storing = this.#storing.then(() => this.#store());
    }, EVERY_MS).unref();
  }

  /** Of an app that is entered. */
  add({ workspaceId, connectorKey }: AppAddress, more: Partial<Counts>): void {
    const key = `${workspaceId}\n${connectorKey}`;
    const { taken, dropped, refused } = this.#counted.get(key) ?? { taken: 0, dropped: 0, refused: 0 };
    this.#counted.set(key, {
      workspaceId,
      connectorKey,
      taken: taken + (more.taken ?? 0),
      dropped: dropped + (more.dropped ?? 0),
      refused: refused + (more.refused ?? 0),
    });
  }

  /** Stores what is counted and stops. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#storing;
    await this.#store();
  }

  async #store(): Promise<void> {
    const counted = this.#counted;
    this.#counted = new Map();
    for (const { workspaceId, connectorKey, ...counts } of counted.values()) {
      try {
        await this.#parts.db.tenant(workspaceId, async (tx) => clientApps.addEvents(tx, connectorKey, counts));
      } catch (thrown) {
        this.add({ workspaceId, connectorKey }, counts);
        this.#parts.log.debug({ workspaceId, connectorKey, detail: messageOf(thrown) }, 'what came to an app could not be counted yet');
      }
    }
  }
}
