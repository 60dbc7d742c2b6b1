import { mailSettings } from '@millwright/db';
import { PASSWORD_PLACE, type MailPorts } from '../ports.ts';
import { DEFAULT_FROM_NAME, type Letter } from './compose.ts';
import type { OpenServer } from './session.ts';

/** The install's server, ready to be talked to. */
export interface ReadyServer {
  readonly server: OpenServer;
  readonly from: Letter['from'];
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/**
 * Reads the settings and opens the password; null where no server is set.
 * @throws InvariantError `secret_unreadable`
 */
export async function readServer({ db, seal }: Pick<MailPorts, 'db' | 'seal'>): Promise<ReadyServer | null> {
  const settings = await mailSettings.get(db.executor);
  if (settings === null) return null;
  const { host, port, security, username, sealedPassword, fromAddress, fromName } = settings;
  const password = sealedPassword === null ? '' : seal.open(PASSWORD_PLACE, sealedPassword);
  return {
    server: { host, port, security, username, password },
    from: { name: fromName ?? DEFAULT_FROM_NAME, address: fromAddress },
    secrets: [password],
  };
}
