import { TransientError } from '@millwright/core';
import type { GatewayPorts } from './ports.ts';

/** How often pending deliveries are looked for, in ms. */
const EVERY_MS = 1000;
/** How many are started per look. */
const BATCH = 50;

/**
 * Starts the deliveries that were accepted while Temporal was away, with the ids they were given then:
 * starting one twice is refused by Temporal, so that a death between start and mark repeats nothing.
 */
export class Drainer {
  readonly #ports: GatewayPorts;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(ports: GatewayPorts) {
    this.#ports = ports;
  }

  /** Looks every second until stopped. */
  start(): void {
    const again = (): void => {
      this.#round = this.drainOnce()
        .catch((thrown: unknown) => this.#ports.log.error({ err: thrown }, 'pending deliveries could not be started'))
        .then(() => {
          if (this.#timer) this.#timer = setTimeout(again, EVERY_MS).unref();
        });
    };
    this.#timer = setTimeout(again, EVERY_MS).unref();
  }

  /** Starts what is pending now; stops quietly at the first sign that Temporal or Postgres is still away. */
  async drainOnce(): Promise<void> {
    try {
      for (const start of await this.#ports.deliveries.listPending(BATCH)) {
        await this.#ports.starter.start(start);
        await this.#ports.deliveries.markStarted(start);
      }
    } catch (thrown) {
      if (!(thrown instanceof TransientError)) throw thrown;
    }
  }

  /** Ends the looking; resolves when the round under way is over. */
  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#round;
  }
}
