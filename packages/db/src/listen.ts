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

const RETRY_MS = [100, 250, 500, 1000, 2000] as const;

/** One LISTEN client that connects when first needed and again whenever it is lost. */
export function createListener(config: pg.ClientConfig, log: DatabaseLog): { readonly listen: Listen; readonly close: () => Promise<void> } {
  const channels = new Map<string, Set<Hearer>>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let failures = 0;
  let wasConnected = false;

  const drop = (lost: pg.Client): void => {
    if (client !== lost) return;
    client = null;
    lost.end().catch(() => undefined);
    if (!closed && channels.size > 0) retry();
  };

  const retry = (): void => {
    if (timer !== null) return;
    const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 2000;
    failures += 1;
    timer = setTimeout(() => { timer = null; connect(); }, waitMs);
    timer.unref();
  };

  const onConnected = async (fresh: pg.Client): Promise<void> => {
    for (const channel of channels.keys()) await fresh.query(`listen ${quoteName(channel)}`);
    failures = 0;
    if (wasConnected) for (const hearers of channels.values()) for (const hearer of hearers) hearer.onGap();
    wasConnected = true;
  };

  const connect = (): void => {
    if (closed || client !== null) return;
    const fresh = new pg.Client({ ...config, application_name: 'millwright-listen' });
    client = fresh;
    fresh.on('error', () => { drop(fresh); });
    fresh.on('end', () => { drop(fresh); });
    fresh.on('notification', (message) => {
      for (const hearer of channels.get(message.channel) ?? []) hearer.onMessage(message.payload ?? '');
    });
    fresh.connect().then(async () => onConnected(fresh)).catch((error: unknown) => {
      log.debug({ err: error }, 'the database listener could not connect');
      drop(fresh);
    });
  };

  const listen: Listen = (channel, onMessage, onGap) => {
    const hearer: Hearer = { onMessage, onGap: onGap ?? (() => undefined) };
    const hearers = channels.get(channel) ?? new Set();
    if (hearers.size === 0) {
      channels.set(channel, hearers);
      if (client === null) connect();
      else { const current = client; current.query(`listen ${quoteName(channel)}`).catch(() => { drop(current); }); }
    }
    hearers.add(hearer);
    return () => {
      hearers.delete(hearer);
      if (hearers.size > 0 || channels.get(channel) !== hearers) return;
      channels.delete(channel);
      client?.query(`unlisten ${quoteName(channel)}`).catch(() => undefined);
    };
  };

  return {
    listen,
    close: async () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
