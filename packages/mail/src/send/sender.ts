import { randomBytes } from 'node:crypto';
import { messageOf } from '@millwright/core';
import { MAIL_CHANNEL, mailSending, mailSettings } from '@millwright/db';
import { bodyPlace } from '../outbox/enqueue.ts';
import type { MailPorts } from '../ports.ts';
import type { RenderedMail } from '../templates/render.ts';
import { MAX_ATTEMPTS, retryAfterS } from './back-off.ts';
import { composeLetter } from './compose.ts';
import { faultOf, type MailFault } from './faults.ts';
import { readServer, type ReadyServer } from './server.ts';
import { openSession, type SmtpSession } from './session.ts';

/** Mails that are taken at a time. */
const BATCH = 10;
/** How long nobody else may send a mail, in s; taken anew before each. Longer than one may take. */
const LEASE_S = 120;
/** How often is looked for due mails without being told, in ms: those that are tried again, and those of a process that died. */
const POLL_MS = 5_000;
/** How often is looked for mails that are of no use any more, in ms. */
const EXPIRE_MS = 60_000;

type Claimed = mailSending.ClaimedMail;

/** Sends what is in the outbox, one mail after the other. */
class Sender {
  readonly #ports: MailPorts;
  readonly #claim = randomBytes(9).toString('base64url');
  /** Taken by the server, while Postgres could not be told. They are not sent again by this process. */
  readonly #untold = new Map<string, Claimed>();
  #stopping = false;
  #round: Promise<void> | null = null;
  #again = false;
  #expiredAtMs = Number.NEGATIVE_INFINITY;

  constructor(ports: MailPorts) {
    this.#ports = ports;
  }

  /** Begins a round, or has another one follow the one that runs. */
  readonly wake = (): void => {
    this.#again = true;
    if (this.#stopping || this.#round !== null) return;
    this.#round = this.#rounds().finally(() => {
      this.#round = null;
      if (this.#again) this.wake();
    });
  };

  /** Resolves when the mail on its way is over. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#round;
    await this.#tellUntold().catch(() => undefined);
  }

  async #rounds(): Promise<void> {
    this.#again = false;
    const { db, log } = this.#ports;
    try {
      await this.#tellUntold();
      await this.#expire();
      for (;;) {
        const mails = this.#stopping ? [] : await mailSending.claimDue(db.executor, { claim: this.#claim, limit: BATCH, leaseS: LEASE_S });
        if (mails.length === 0) return;
        await this.#sendAll(mails);
      }
    } catch (thrown) {
      log.warn({ detail: messageOf(thrown) }, 'the outbox could not be worked on');
    }
  }

  async #expire(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#expiredAtMs < EXPIRE_MS) return;
    this.#expiredAtMs = nowMs;
    await mailSending.expire(this.#ports.db.executor);
  }

  async #tellUntold(): Promise<void> {
    for (const mail of this.#untold.values()) {
      await mailSending.sent(this.#ports.db.executor, mail);
      this.#untold.delete(mail.id);
    }
  }

  /** Sends mails over one connection; the rest goes back untouched when the server takes none. */
  async #sendAll(mails: readonly Claimed[]): Promise<void> {
    const open: { session: SmtpSession | null } = { session: null };
    const left = [...mails];
    try {
      for (let mail = left.shift(); mail !== undefined; mail = left.shift()) {
        if (this.#stopping || (await this.#sendOne(mail, open)) === 'serverAway') {
          for (const other of this.#stopping ? [mail, ...left] : left) await mailSending.release(this.#ports.db.executor, other, null);
          return;
        }
      }
    } finally {
      open.session?.close();
    }
  }

  async #sendOne(mail: Claimed, open: { session: SmtpSession | null }): Promise<'done' | 'serverAway'> {
    const { db } = this.#ports;
    if (this.#untold.has(mail.id) || !(await mailSending.hold(db.executor, mail, LEASE_S))) return 'done';
    let ready: ReadyServer | null = null;
    let at: 'connect' | 'send' = 'connect';
    try {
      ready = await readServer(this.#ports);
      if (ready === null) {
        await mailSending.release(db.executor, mail, null);
        return 'serverAway';
      }
      open.session ??= await openSession(ready.server, this.#ports);
      at = 'send';
      await open.session.send({ from: ready.from.address, to: mail.recipient }, await this.#letterOf(mail, ready));
    } catch (thrown) {
      const fault = faultOf(thrown, at, ready?.secrets ?? []);
      // A connection on which something went wrong is not used for the next mail.
      open.session?.close();
      open.session = null;
      return this.#note(mail, fault);
    }
    await this.#taken(mail);
    return 'done';
  }

  async #letterOf(mail: Claimed, { from }: ReadyServer): Promise<Buffer> {
    // Written by `enqueueMail` and sealed since.
    const rendered = JSON.parse(this.#ports.seal.open(bodyPlace(mail.workspaceId, mail.id), mail.sealed)) as RenderedMail;
    return composeLetter({ from, to: mail.recipient, messageId: mail.messageId, date: mail.createdAt, mail: rendered });
  }

  async #taken(mail: Claimed): Promise<void> {
    const { db, log } = this.#ports;
    this.#untold.set(mail.id, mail);
    log.info({ workspaceId: mail.workspaceId, mailId: mail.id, attempt: mail.attempts }, 'mail sent');
    await this.#tellUntold();
    await mailSettings.working(db.executor);
  }

  async #note(mail: Claimed, fault: MailFault): Promise<'done' | 'serverAway'> {
    const { db, log } = this.#ports;
    const { kind, code, text } = fault;
    log.warn({ workspaceId: mail.workspaceId, mailId: mail.id, attempt: mail.attempts, code, detail: text }, 'mail not taken');
    switch (kind) {
      case 'server':
        await mailSettings.failing(db.executor, { code, text });
        await mailSending.release(db.executor, mail, { code, text });
        return 'serverAway';
      case 'refused':
        await mailSending.giveUp(db.executor, mail, { code, text });
        return 'done';
      case 'later':
        if (mail.attempts >= MAX_ATTEMPTS) await mailSending.giveUp(db.executor, mail, { code: 'mail_gave_up', text });
        else await mailSending.postpone(db.executor, mail, { code, text, afterS: retryAfterS(mail.attempts) });
        return 'done';
    }
  }
}

/**
 * Begins to send what is in the outbox, at once when told and every few seconds. Several processes may.
 * @returns stops it when the mail on its way is over
 */
export function startSender(ports: MailPorts): () => Promise<void> {
  const sender = new Sender(ports);
  const unlisten = ports.db.listen(MAIL_CHANNEL, sender.wake, sender.wake);
  const timer = setInterval(sender.wake, POLL_MS);
  timer.unref();
  sender.wake();
  return async () => {
    unlisten();
    clearInterval(timer);
    await sender.stop();
  };
}
