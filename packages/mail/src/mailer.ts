import { mailOutbox, mailSettings, type TenantTx } from '@millwright/db';
import { enqueueMail, messageDomain, type MailToSend } from './outbox/enqueue.ts';
import { PASSWORD_PLACE, type MailPorts } from './ports.ts';
import { composeLetter } from './send/compose.ts';
import { faultOf } from './send/faults.ts';
import { startSender } from './send/sender.ts';
import { readServer, type ReadyServer } from './send/server.ts';
import { openSession } from './send/session.ts';
import type { MailContent, MailLanguage } from './templates/content.ts';
import { renderMail } from './templates/render.ts';

/** What came of a test message. */
export interface TestResult {
  readonly isAccepted: boolean;
  /** Null when it was accepted; else as in the outbox, or `mail_not_set`. */
  readonly code: string | null;
  /** The server's own words, without secrets; may be empty. */
  readonly text: string;
}

/** A message to try the server with. */
export interface TestMessage {
  readonly to: string;
  readonly content: MailContent & { readonly kind: 'test' };
  readonly language: MailLanguage;
}

/** The mails of the product itself. */
export interface Mailer {
  /** Whether a server is set. Without one nothing should be enqueued: offer the link instead. */
  readonly isOn: () => Promise<boolean>;
  /** Writes a mail into the outbox, in the transaction of what causes it. @returns its id */
  readonly enqueue: (tx: TenantTx, mail: MailToSend) => Promise<string>;
  /** Seals a password for the settings. */
  readonly sealPassword: (password: string) => Uint8Array;
  /** Sends at once, beside the outbox, and says what the server said. What waits is tried too when it was accepted. */
  readonly sendTest: (message: TestMessage) => Promise<TestResult>;
  /** Begins to send what is in the outbox. @returns stops it */
  readonly start: () => () => Promise<void>;
}

/**
 * Makes the mailer of one process.
 * @param publicUrl address under which people reach the install
 */
export function createMailer(ports: MailPorts & { readonly publicUrl: string }): Mailer {
  const how = { seal: ports.seal, domain: messageDomain(ports.publicUrl) };
  return {
    isOn: async () => (await mailSettings.get(ports.db.executor)) !== null,
    enqueue: async (tx, mail) => enqueueMail(tx, mail, how),
    sealPassword: (password) => ports.seal.seal(PASSWORD_PLACE, password),
    sendTest: async (message) => sendTest(message, { ...ports, domain: how.domain }),
    start: () => startSender(ports),
  };
}

async function sendTest(message: TestMessage, ports: MailPorts & { readonly domain: string }): Promise<TestResult> {
  const { db } = ports;
  let ready: ReadyServer | null = null;
  let at: 'connect' | 'send' = 'connect';
  try {
    ready = await readServer(ports);
    if (ready === null) return { isAccepted: false, code: 'mail_not_set', text: '' };
    const session = await openSession(ready.server, ports);
    try {
      at = 'send';
      const text = await session.send({ from: ready.from.address, to: message.to }, await testLetter(message, ready, ports.domain));
      await mailSettings.working(db.executor);
      return { isAccepted: true, code: null, text };
    } finally {
      session.close();
    }
  } catch (thrown) {
    const { kind, code, text } = faultOf(thrown, at, ready?.secrets ?? []);
    if (kind === 'server') await mailSettings.failing(db.executor, { code, text });
    return { isAccepted: false, code, text };
  }
}

async function testLetter({ to, content, language }: TestMessage, { from }: ReadyServer, domain: string): Promise<Buffer> {
  const messageId = `<${mailOutbox.newMailId()}@${domain}>`;
  return composeLetter({ from, to, messageId, date: new Date(), mail: renderMail(content, language) });
}
