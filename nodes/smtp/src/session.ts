import { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { SocketSession } from '@millwright/node-sdk';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Letter } from './compose.ts';
import { toFailure } from './failures.ts';

/** What a server made of a mail. */
export interface Taken {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
  /** The server's words. */
  readonly response: string;
}

function connectionOf({ socket, server: { host, port, security, ca } }: SocketSession): SMTPConnection {
  return new SMTPConnection({
    connection: socket,
    host,
    port,
    secure: security === 'tls',
    secured: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The machine's own name is nobody's business.
    name: '[127.0.0.1]',
    maxResponseSize: 64 * 1024,
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) },
  });
}

/** Waits for a callback, or for the line to break. */
function heard<T>(
  connection: SMTPConnection,
  begin: (done: (error: Error | null | undefined, value?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject).once('end', () => reject(new Error('the server hung up')));
    begin((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/**
 * Signs in and hands a letter over.
 * @throws ConnectorError; `details.sent` is true only once the content had begun to leave and no answer came
 */
export async function deliver(session: SocketSession, letter: Letter): Promise<Taken> {
  const connection = connectionOf(session);
  connection.on('error', () => undefined);
  const { username = '', password = '' } = session.fields;
  try {
    await heard(connection, (done) => connection.connect(done));
    if (username !== '') await heard(connection, (done) => connection.login({ credentials: { user: username, pass: password } }, done));
  } catch (thrown) {
    throw toFailure(thrown, 'signIn');
  }
  await session.begin({ messageId: letter.messageId, to: letter.envelope.to });
  let hasLeft = false;
  // Read only after the server said that it is ready for the content.
  const content = Readable.from(
    (function* () {
      hasLeft = true;
      yield letter.bytes;
    })(),
  );
  const { from, to } = letter.envelope;
  try {
    const info = await heard<SMTPConnection.SentMessageInfo>(connection, (done) =>
      connection.send({ from, to: [...to], size: letter.bytes.byteLength }, content, done),
    );
    return { accepted: info?.accepted ?? [], rejected: info?.rejected ?? [], response: info?.response ?? '' };
  } catch (thrown) {
    throw toFailure(thrown, hasLeft ? 'content' : 'envelope');
  } finally {
    connection.quit();
  }
}
