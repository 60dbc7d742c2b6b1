import { createInstallSeal, type RootKey } from '@millwright/credentials';
import type { Database } from '@millwright/db';
import { openMailSocket } from '@millwright/egress';
import { createMailer, type Mailer } from '@millwright/mail';
import type { Logger } from '@millwright/platform';
import type { ServerConfig } from '../config.ts';

/** What the install's mailer is made of in one process. */
export interface InstallMailerParts {
  readonly config: Pick<ServerConfig, 'publicUrl'>;
  readonly rootKey: RootKey;
  readonly db: Database;
  readonly log: Logger;
}

/** The mailer of the install: writes into the outbox; it sends once it is started. */
export function createInstallMailer({ config: { publicUrl }, rootKey, db, log }: InstallMailerParts): Mailer {
  return createMailer({ db, seal: createInstallSeal(rootKey, 'mail'), openSocket: openMailSocket, log, publicUrl });
}
