import {
  createOwner,
  makeCertificate,
  queryRows,
  eventually,
  startProduct,
  triggerDesk,
  type Product,
  type TriggerDesk,
} from '@millwright/testing';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDovecot, startDovecot, type Dovecot } from '../testing/dovecot.ts';

const certificate = makeCertificate('127.0.0.1');
const PASSWORD = 'canary-secret';
let dovecot: Dovecot;
let mailer: ImapFlow;
let product: Product;
let desk: TriggerDesk;
let credentialId: string;

async function deliver(subject: string): Promise<void> {
  await mailer.append('INBOX', `From: a@example.com\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.com>\r\n\r\nHi\r\n`);
}

/** Resolves when a process has the line. */
async function listening(): Promise<unknown> {
  const sql = `select 1 as n from trigger_bindings where watcher is not null and watched_until > now() and next_at > now()`;
  return eventually(async () => (await queryRows<{ n: number }>(product.databaseUrl, sql)).length === 1);
}

describe.skipIf(!hasDovecot)(
  'a mailbox that a published workflow listens to (skipped where there is no Dovecot, or the tests do not run as root)',
  () => {
    beforeAll(async () => {
      dovecot = await startDovecot(certificate, PASSWORD);
      mailer = new ImapFlow({
        host: '127.0.0.1',
        port: dovecot.port,
        secure: true,
        auth: { user: 'ada@example.com', pass: PASSWORD },
        logger: false,
        tls: { ca: certificate.cert },
      });
      await mailer.connect();
      product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
      const owner = await createOwner(product);
      desk = triggerDesk(owner);
      const fields = {
        host: '127.0.0.1',
        port: String(dovecot.port),
        username: 'ada@example.com',
        password: PASSWORD,
        ca: certificate.cert,
      };
      credentialId = (await owner.client.credentials.create({ body: { type: 'imap.server', name: 'Mail', fields, hosts: ['127.0.0.1'] } }))
        .id;
    });
    afterAll(async () => {
      await product?.remove();
      await mailer?.logout().catch(() => undefined);
      await dovecot?.stop();
    });

    it('starts a run as soon as a message comes (IDLE), long before it would ask, and listens on', async () => {
      // It asks once a day: only the line can bring what comes.
      const workflowId = await desk.publish({ type: 'imap.messageAdded', parameters: { everySeconds: 86_400 }, credentialId });
      await listening();
      await deliver('one');
      expect(await desk.started(workflowId, 1, 'subject')).toEqual(['one']);
      await listening();
      await deliver('two');
      expect(await desk.started(workflowId, 2, 'subject')).toEqual(['one', 'two']);
      await listening();
      await product.kill();
      await deliver('while it was down');
      await product.start();
      // The line of the process that died is taken over, and what came meanwhile is asked for.
      expect(await desk.started(workflowId, 3, 'subject')).toEqual(['one', 'two', 'while it was down']);
      await listening();
      await deliver('three');
      expect(await desk.started(workflowId, 4, 'subject')).toEqual(['one', 'three', 'two', 'while it was down']);
    });
  },
);
