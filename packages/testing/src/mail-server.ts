import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeCertificate } from './certificate.ts';

/** A mail that a server took. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, headers first. */
  readonly raw: string;
  /** Decoded. */
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
}

/** A refusal in SMTP's words. */
export interface SmtpRefusal {
  readonly status: number;
  readonly text: string;
}

/** How a mail server behaves. */
export interface MailServerOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Default `none`. */
  readonly security?: 'tls' | 'starttls' | 'none';
  /** Who may sign in; default nobody has to. */
  readonly account?: { readonly username: string; readonly password: string };
  /** Whether its certificate has run out. Default false. */
  readonly isExpired?: boolean;
  /** Asked for each recipient: a refusal, or null to take it. */
  readonly onRecipient?: (address: string) => SmtpRefusal | null;
  /** Asked for each sender. */
  readonly onSender?: (address: string) => SmtpRefusal | null;
  /** Asked when a mail is complete, before the server says that it has it. */
  readonly onMail?: (mail: TakenMail) => Promise<SmtpRefusal | null>;
}

/** A real SMTP server. */
export interface MailServer {
  readonly port: number;
  /** Its certificate, PEM: who trusts this trusts it. */
  readonly certificate: string;
  /** What it took, the oldest first. */
  readonly mails: readonly TakenMail[];
  /** How often somebody connected. */
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

function decodeWords(text: string): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, '?==?');
  return joined.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, word: string) =>
    kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
  );
}

function decodeQuoted(text: string): string {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function headerOf(raw: string, name: string): string {
  const head = (raw.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? '';
}

function bodyOf(raw: string, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const part =
    raw
      .split(`--${boundary}`)
      .find((one) => headerOf(one.trimStart(), 'content-type').startsWith(type))
      ?.trimStart() ?? '';
  const body = part.slice(part.indexOf('\r\n\r\n') + 4);
  switch (headerOf(part, 'content-transfer-encoding')) {
    case 'base64':
      return Buffer.from(body, 'base64').toString();
    case 'quoted-printable':
      return decodeQuoted(body);
    default:
      return body;
  }
}

function refusal({ status, text }: SmtpRefusal): Error {
  return Object.assign(new Error(text), { responseCode: status });
}

function answersOf(options: MailServerOptions, mails: TakenMail[]): SMTPServerOptions {
  const { account, onRecipient, onSender, onMail } = options;
  return {
    onAuth: (given, _session, done) => {
      const isRight = given.username === account?.username && given.password === account?.password;
      // Repeats what it was given, as some servers do.
      done(isRight ? null : refusal({ status: 535, text: `5.7.8 Authentication failed for ${given.username} ${given.password}` }), {
        user: 'in',
      });
    },
    onMailFrom: ({ address }, _session, done) => {
      const refused = onSender?.(address) ?? null;
      done(refused === null ? null : refusal(refused));
    },
    onRcptTo: ({ address }, _session, done) => {
      const refused = onRecipient?.(address) ?? null;
      done(refused === null ? null : refusal(refused));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          subject: decodeWords(headerOf(raw, 'subject')),
          messageId: headerOf(raw, 'message-id'),
          text: bodyOf(raw, 'text/plain'),
          html: bodyOf(raw, 'text/html'),
        };
        void Promise.resolve(onMail?.(mail) ?? null).then((refused) => {
          if (refused === null) mails.push(mail);
          done(refused === null ? null : refusal(refused));
        });
      });
    },
  };
}

/** Starts a real SMTP server on 127.0.0.1. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { security = 'none', account } = options;
  const { key, cert } = makeCertificate('127.0.0.1', options.isExpired === true ? -3 : 30);
  const mails: TakenMail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    key,
    cert,
    secure: security === 'tls',
    authOptional: account === undefined,
    allowInsecureAuth: security === 'none',
    disabledCommands: [...(security === 'starttls' ? [] : ['STARTTLS']), ...(account === undefined ? ['AUTH'] : [])],
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    ...answersOf(options, mails),
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    certificate: cert,
    mails,
    connections: () => connections,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
