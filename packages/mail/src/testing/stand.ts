import { connect } from 'node:net';
import { newId, type WorkspaceId } from '@millwright/core';
import { mailOutbox, mailSettings, workspaces, type Database } from '@millwright/db';
import { createTestDatabase } from '@millwright/db/testing';
import { createLogger } from '@millwright/platform';
import { queryRows, startMailServer, testCluster, type MailServer, type MailServerOptions } from '@millwright/testing';
import { createMailer, type Mailer } from '../mailer.ts';
import type { MailPorts } from '../ports.ts';

/** A database with a workspace, and what is needed to send from it. */
export interface Stand {
  readonly db: Database;
  readonly workspaceId: WorkspaceId;
  readonly mailer: Mailer;
  /** Another process on the same database. @param trust certificates */
  readonly another: (trust?: readonly string[]) => Mailer;
  readonly url: string;
  readonly name: string;
  readonly setAway: (isAway: boolean) => Promise<void>;
  /** A server that runs on one port over restarts, and the settings for it. */
  readonly serve: (options?: MailServerOptions) => Promise<MailServer>;
  readonly set: (server: Partial<mailSettings.MailServer> & { readonly password?: string; readonly port: number }) => Promise<void>;
  readonly unset: () => Promise<void>;
  /** Puts mails into the outbox. */
  readonly enqueue: (...to: readonly string[]) => Promise<readonly string[]>;
  readonly mails: () => Promise<readonly mailOutbox.OutboxMail[]>;
  readonly settings: () => Promise<mailSettings.MailSettings | null>;
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly remove: () => Promise<void>;
}

/** Seals by reversing bits: what is encrypted how is another package's. */
const FLIP: MailPorts['seal'] = {
  seal: (place, text) => Uint8Array.from(Buffer.from(`${place}\n${text}`), (byte) => byte ^ 0xff),
  open: (place, sealed) => {
    const text = Buffer.from(sealed.map((byte) => byte ^ 0xff)).toString();
    if (!text.startsWith(`${place}\n`)) throw new Error('sealed elsewhere');
    return text.slice(place.length + 1);
  },
};

/** Opens sockets without judging addresses: tests talk to this machine. */
const directSocket: MailPorts['openSocket'] = ({ host, port }) =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port }).once('error', reject);
    socket.once('connect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });

/** Ports of a mailer on a database. */
export function portsOf(db: Database, trust: readonly string[] = []): MailPorts & { readonly publicUrl: string } {
  const log = createLogger({ level: 'silent', name: 'test' });
  return { db, seal: FLIP, openSocket: directSocket, log, trust, publicUrl: 'https://mill.example.com' };
}

/** Makes a stand for one test file. */
export async function startStand(): Promise<Stand> {
  const database = await createTestDatabase(testCluster().adminUrl);
  const db = await database.open();
  const workspaceId = newId('workspace');
  await db.tenant(workspaceId, async (tx) => {
    await workspaces.create(tx, { name: 'Acme', timezone: 'UTC', language: 'en' });
    await workspaces.claimInstallation(tx);
  });
  const mailer = createMailer(portsOf(db));
  const servers: MailServer[] = [];
  const tenant = <T>(fn: Parameters<typeof db.tenant<T>>[1]): Promise<T> => db.tenant(workspaceId, fn);
  return {
    db,
    workspaceId,
    mailer,
    url: database.url,
    name: database.name,
    setAway: database.setAway,
    another: (trust) => createMailer(portsOf(db, trust)),
    serve: async (options) => {
      const server = await startMailServer(options);
      servers.push(server);
      return server;
    },
    set: async ({ password, ...server }) => {
      const account = password === undefined ? null : mailer.sealPassword(password);
      const full = {
        host: '127.0.0.1',
        security: 'none',
        fromAddress: 'mill@acme.com',
        fromName: null,
        username: null,
        ...server,
      } as const;
      await tenant(async (tx) => mailSettings.put(tx, { ...full, sealedPassword: account }, newId('user')));
    },
    unset: async () => void (await tenant(mailSettings.remove)),
    enqueue: async (...to) =>
      tenant(async (tx) => {
        const ids: string[] = [];
        for (const address of to)
          ids.push(
            await mailer.enqueue(tx, {
              to: address,
              content: {
                kind: 'alert',
                workspaceName: 'Acme',
                title: `To ${address}`,
                lines: ['Näheres'],
                link: 'https://mill.example.com/',
              },
              language: 'en',
              about: `about_${address}`,
              expiresAt: new Date(Date.now() + 86_400_000),
            }),
          );
        return ids;
      }),
    mails: async () => (await tenant(async (tx) => mailOutbox.list(tx, { limit: 200 }))).items,
    settings: async () => tenant(mailSettings.get),
    sql: async (text, values) => queryRows<Record<string, unknown>>(database.url, text, values),
    remove: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await database.drop();
    },
  };
}
