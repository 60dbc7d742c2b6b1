import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, type Client } from '@millwright/client';
import { createInstallSeal, createWorkspaceKeys, loadRootKey } from '@millwright/credentials';
import { systemClock, type RunId } from '@millwright/core';
import { migrate, openDatabase, type Database } from '@millwright/db';
import { openMailSocket } from '@millwright/egress';
import { createMailer } from '@millwright/mail';
import { createLogger } from '@millwright/platform';
import { testCluster, throughProxy } from '@millwright/testing';
import type { Item, RunHeader } from '@millwright/workflow';
import express from 'express';
import pg from 'pg';
import { createApi, type Api } from '../api.ts';
import type { ApiPorts, ManualStart, RunControl } from '../deps.ts';
import { checkAnswer } from './check-answer.ts';
import { testCredentials } from './test-credentials.ts';
import { testCatalog } from './test-catalog.ts';

const PASSWORD = 'correct horse battery staple';

/** An API on a database of its own, listening. */
export interface TestServer {
  readonly url: string;
  readonly api: Api;
  readonly db: Database;
  /** Runs that were asked to start. */
  readonly started: ManualStart[];
  /** What was asked of runs. */
  readonly control: ControlSeen;
  /** As the owner of the schema, for making rows. */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Ends the process' part without a word: no draft is stored, as after `kill -9`. */
  readonly crash: () => Promise<void>;
  /** Starts on the same database and port again. */
  readonly restart: () => Promise<TestServer>;
  /** Starts a second process' part on the same database, on a port of its own; `crash` ends it. */
  readonly beside: () => Promise<TestServer>;
  readonly remove: () => Promise<void>;
}

/** What the API asked of runs beyond their rows. */
export interface ControlSeen {
  readonly started: { readonly header: RunHeader; readonly items: readonly Item[] }[];
  readonly woken: RunId[];
  readonly terminated: RunId[];
}

/** Notes what is asked; a second start with one id is a duplicate, as in Temporal. */
function recordControl(): { readonly seen: ControlSeen; readonly ports: RunControl } {
  const seen: ControlSeen = { started: [], woken: [], terminated: [] };
  return {
    seen,
    ports: {
      start: async (header, items) => {
        const isKnown = seen.started.some((one) => one.header.runId === header.runId);
        if (!isKnown) seen.started.push({ header, items });
        return isKnown ? 'duplicate' : 'started';
      },
      store: async (_header, id, items) => ({ id, count: items.length, sizeBytes: 0, inline: items }),
      wake: async (runId) => seen.woken.push(runId) > 0,
      terminate: async (runId) => seen.terminated.push(runId) > 0,
    },
  };
}

/** A browser: keeps cookies, and checks each answer against its contract. */
export interface Visitor {
  readonly client: Client;
  readonly cookie: () => string;
  readonly fetch: typeof globalThis.fetch;
}

/** Somebody who is not signed in yet. */
export function visitor(url: string): Visitor {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const browse: typeof globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (jar.size > 0 && !headers.has('cookie')) headers.set('cookie', cookie());
    const response = await fetch(input, { ...init, headers });
    await checkAnswer(init?.method ?? 'GET', response.url, response);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return { client: createClient({ baseUrl: url, fetch: browse }), cookie, fetch: browse };
}

/** Creates the first owner. */
export async function createOwner(server: TestServer): Promise<Visitor> {
  const owner = visitor(server.url);
  await owner.client.setup.create({ body: { name: 'Ana', email: 'ana@example.com', password: PASSWORD, workspaceName: 'Acme' } });
  return owner;
}

/** Invites somebody, who accepts. */
export async function createMember(server: TestServer, owner: Visitor, role: 'admin' | 'editor' | 'operator' | 'viewer'): Promise<Visitor> {
  const { link } = await owner.client.invitations.create({ body: { email: `${role}@example.com`, role } });
  const member = visitor(server.url);
  await member.client.invitations.accept({ token: link.slice(-26), body: { name: role, password: PASSWORD } });
  return member;
}

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: testCluster().adminUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function listen(
  databaseUrl: string,
  port: number,
  overrides: Partial<ApiPorts>,
): Promise<Omit<TestServer, 'restart' | 'beside' | 'remove' | 'sql'>> {
  const db = await openDatabase({ url: databaseUrl, rolePassword: (role) => `test-${role}` });
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started: ManualStart[] = [];
  const startRun = async (start: ManualStart): Promise<RunId> => {
    started.push(start);
    return start.runId;
  };
  const control = recordControl();
  const log = createLogger({ level: 'silent', name: 'test' });
  const fixed = {
    authSecret: 'a'.repeat(64),
    publicUrl: url,
    version: '0.0.0',
    clock: systemClock,
    temporalReady: async () => undefined,
    readBlob: async () => [],
    runControl: control.ports,
  };
  const rootKey = await loadRootKey({ file: '', value: 'aa'.repeat(32) });
  const keys = createWorkspaceKeys({ rootKey, database: db });
  const api = createApi({
    db,
    credentials: testCredentials({ db, keys, rootKey, log, publicUrl: url }),
    mail: createMailer({ db, seal: createInstallSeal(rootKey, 'mail'), openSocket: openMailSocket, log, publicUrl: url }),
    startRun,
    log,
    catalog: testCatalog,
    connectors: () => [],
    rateLimits: { signIn: { burst: 1000, perSecond: 100 } },
    ...fixed,
    ...overrides,
  });
  app.use(api.router);
  server.on('upgrade', (request, socket, head) => {
    if (!api.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const crash = async (): Promise<void> => {
    await db.close();
    await api.close().catch(() => undefined);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, api, db, started, control: control.seen, crash };
}

/**
 * Starts an API for one test file.
 * @param databaseHost `host:port` through which it reaches Postgres; default directly
 */
export async function startTestServer(overrides: Partial<ApiPorts> = {}, databaseHost: string | null = null): Promise<TestServer> {
  const name = `api_${randomBytes(5).toString('hex')}`;
  await onServer(`create database ${name}`);
  const address = new URL(testCluster().adminUrl);
  address.pathname = `/${name}`;
  await migrate({ url: address.href, rolePassword: (role) => `test-${role}` });
  const admin = new pg.Pool({ connectionString: address.href, max: 2 });
  admin.on('error', () => undefined);
  const sql: TestServer['sql'] = async (text, values = []) => (await admin.query(text, [...values])).rows as Record<string, unknown>[];
  const ownAddress = databaseHost === null ? address.href : throughProxy(address.href, databaseHost);
  const start = async (port: number): Promise<TestServer> => {
    const parts = await listen(ownAddress, port, overrides);
    const remove = async (): Promise<void> => {
      await parts.api.close().catch(() => undefined);
      await parts.crash().catch(() => undefined);
      await admin.end();
      await onServer(`drop database if exists ${name} with (force)`);
    };
    return { ...parts, sql, remove, restart: () => start(Number(new URL(parts.url).port)), beside: () => start(0) };
  };
  return start(0);
}
