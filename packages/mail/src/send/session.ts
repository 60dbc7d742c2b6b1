import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import SMTPConnection, { type SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { mailSettings } from '@millwright/db';
import type { OpenSocket } from '../ports.ts';

/** A mail server with its password in the clear; lives only while mails are being sent. */
export interface OpenServer extends Pick<mailSettings.MailServer, 'host' | 'port' | 'security' | 'username'> {
  readonly password: string;
}

/** One connection to a mail server, signed in. */
export interface SmtpSession {
  /**
   * Hands a mail over.
   * @returns the server's words
   * @throws nodemailer's error, or one with code `ETIMEDOUT` past the limit: then nobody knows whether it was taken
   */
  readonly send: (envelope: SMTPEnvelope, message: Buffer) => Promise<string>;
  readonly close: () => void;
}

/** For one mail, from its envelope to the server's answer, in ms. Shorter than a claim. */
const SEND_MS = 60_000;
/** For greeting, TLS and sign-in together, in ms. */
const SETUP_MS = 30_000;

function timedOut(what: string, afterMs: number): Error {
  return Object.assign(new Error(`${what} took longer than ${String(afterMs / 1000)} s`), { code: 'ETIMEDOUT', command: 'CONN' });
}

/** Waits for a callback of nodemailer, which may never come. */
async function within<T>(
  what: string,
  ms: number,
  begin: (done: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const limit = setTimeout(() => reject(timedOut(what, ms)), ms);
  try {
    begin((error, value) => (error ? reject(error) : resolve(value as T)));
    return await promise;
  } finally {
    clearTimeout(limit);
  }
}

function connectionTo(server: OpenServer, socket: Socket, trust: readonly string[]): SMTPConnection {
  return new SMTPConnection({
    connection: socket,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    socketTimeout: SEND_MS,
    greetingTimeout: SETUP_MS,
    connectionTimeout: SETUP_MS,
    maxResponseSize: 64 * 1024,
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(trust.length === 0 ? {} : { ca: [...rootCertificates, ...trust] }) },
  });
}

/**
 * Connects and signs in.
 * @throws what nodemailer, the system or the address check throw
 */
export async function openSession(
  server: OpenServer,
  { openSocket, trust = [] }: { readonly openSocket: OpenSocket; readonly trust?: readonly string[] | undefined },
): Promise<SmtpSession> {
  const connection = connectionTo(server, await openSocket(server), trust);
  // An error with nobody waiting: the next command says so.
  let failed: Error | null = null;
  connection.on('error', (error: Error) => {
    failed = error;
  });
  try {
    await within('connecting', SETUP_MS, (done) => {
      connection.once('error', done);
      connection.once('end', () => done(Object.assign(new Error('the server hung up'), { code: 'ECONNECTION', command: 'CONN' })));
      connection.connect(done);
    });
    const { username, password } = server;
    if (username !== null)
      await within('signing in', SETUP_MS, (done) => connection.login({ credentials: { user: username, pass: password } }, done));
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
  return {
    send: async (envelope, message) => {
      if (failed !== null) throw failed;
      const info = await within<{ readonly response: string }>('the mail', SEND_MS, (done) => connection.send(envelope, message, done));
      return info.response;
    },
    close: () => {
      connection.quit();
      // A server that does not answer QUIT is not waited for.
      setTimeout(() => connection.close(), 2_000).unref();
    },
  };
}
