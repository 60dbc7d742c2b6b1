import pg from 'pg';
import type { DatabaseLog } from './log.ts';
import { quoteName } from './roles.ts';

/**
 * Hears a channel until the returned function is called. `onGap` is called after each reconnect: what was
 * said meanwhile was not heard, so read again. One client per process serves all channels.
 */
export type Listen = (channel: string, onMessage: (payload: string) => void, onGap?: () => void) => () => void;

interface Hearer {
  readonly onMessage: (payload: string) => void;
  readonly onGap: () => void;
}

/** Waits before the first, second… attempt to reconnect. */
const RETRY_MS = [100, 250, 500, 1000, 2000] as const;

/** One LISTEN client that connects when first needed, and again whenever it is lost. */
export class Listener {
  readonly #config: pg.ClientConfig;
  readonly #log: DatabaseLog;
  readonly #channels = new Map<string, Set<Hearer>>();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #failures = 0;
  #wasConnected = false;
  /** Channels that are not listened to yet. */
  #pending = 0;
  #isLive = false;
  /** One statement after the other: the driver takes no second while the first is out. */
  #turn: Promise<void> = Promise.resolve();

  constructor(config: pg.ClientConfig, log: DatabaseLog) {
    this.#config = { ...config, application_name: 'millwright-listen' };
    this.#log = log;
  }

  readonly listen: Listen = (channel, onMessage, onGap) => {
    const hearer: Hearer = { onMessage, onGap: onGap ?? (() => undefined) };
    const hearers = this.#channels.get(channel) ?? new Set();
    hearers.add(hearer);
    if (!this.#channels.has(channel)) {
      this.#channels.set(channel, hearers);
      this.#say('listen', channel);
    }
    return () => {
      hearers.delete(hearer);
      if (hearers.size > 0 || this.#channels.get(channel) !== hearers) return;
      this.#channels.delete(channel);
      this.#say('unlisten', channel);
    };
  };

  /** Whether everything that is said on the channels is heard right now. */
  get isLive(): boolean {
    return this.#isLive && this.#pending === 0;
  }

  /** Hears nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#isLive = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const last = this.#client;
    this.#client = null;
    await last?.end().catch(() => undefined);
  }

  #say(verb: 'listen' | 'unlisten', channel: string): void {
    const client = this.#client;
    if (client === null) {
      if (verb === 'listen' && this.#timer === null) this.#connect();
      return;
    }
    this.#pending += 1;
    this.#turn = this.#turn
      .then(async () => {
        if (this.#client === client) await client.query(`${verb} ${quoteName(channel)}`);
      })
      .catch(() => {
        this.#drop(client);
      })
      .finally(() => {
        this.#pending -= 1;
      });
  }

  #connect(): void {
    if (this.#closed || this.#client !== null) return;
    const client = new pg.Client(this.#config);
    this.#client = client;
    client.on('error', () => {
      this.#drop(client);
    });
    client.on('end', () => {
      this.#drop(client);
    });
    client.on('notification', (message) => {
      for (const hearer of this.#channels.get(message.channel) ?? []) hearer.onMessage(message.payload ?? '');
    });
    this.#turn = this.#turn
      .then(async () => this.#greet(client))
      .catch((error: unknown) => {
        this.#log.debug({ err: error }, 'the database listener could not connect');
        this.#drop(client);
      });
  }

  async #greet(client: pg.Client): Promise<void> {
    await client.connect();
    for (const channel of this.#channels.keys()) await client.query(`listen ${quoteName(channel)}`);
    this.#failures = 0;
    this.#isLive = true;
    if (this.#wasConnected) for (const hearers of this.#channels.values()) for (const hearer of hearers) hearer.onGap();
    this.#wasConnected = true;
  }

  #drop(lost: pg.Client): void {
    if (this.#client !== lost) return;
    this.#client = null;
    this.#isLive = false;
    lost.end().catch(() => undefined);
    if (this.#closed || this.#timer !== null) return;
    const waitMs = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 2000;
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#channels.size > 0) this.#connect();
    }, waitMs);
    this.#timer.unref();
  }
}
