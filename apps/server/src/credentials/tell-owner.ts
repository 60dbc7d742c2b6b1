import type { CredentialPorts } from '@millwright/credentials';
import { heldRuns, members, workspaces, type credentials, type TenantTx } from '@millwright/db';
import { mailLanguage, type Mailer } from '@millwright/mail';

/** After this a mail that could not be sent says nothing new, in ms. */
const LIFE_MS = 7 * 24 * 3600 * 1000;

/** What telling an owner works with. */
export interface OwnerMail {
  /** Asked for when the first credential dies. */
  readonly mail: () => Promise<Pick<Mailer, 'isOn' | 'enqueue'>>;
  readonly types: CredentialPorts['types'];
  /** Address under which people reach the server. */
  readonly publicUrl: string;
}

/** Who has to act: the owner, or, where she has left, the owners of the workspace. */
async function recipientsOf(tx: TenantTx, { owner }: credentials.Credential): Promise<readonly string[]> {
  const all = await members.list(tx);
  const own = all.filter((member) => member.userId === owner.id);
  return (own.length > 0 ? own : all.filter((member) => member.role === 'owner')).map((member) => member.email);
}

/**
 * Tells the owner of a credential by mail that it needs a person, in the transaction that notes it: once for each time that it dies.
 * Without a mail server nobody is told here; runs and connections say it on the screen.
 */
export function tellOwner({ mail, types, publicUrl }: OwnerMail): NonNullable<CredentialPorts['onDead']> {
  return async (tx, credential) => {
    const mailer = await mail();
    const workspace = (await mailer.isOn()) ? await workspaces.get(tx) : null;
    if (workspace === null) return;
    const held = await heldRuns.heldNodeRuns(tx, credential.id);
    const content = {
      kind: 'reconnect',
      connectionName: credential.name,
      appName: types.get(credential.type)?.connectorTitle ?? credential.type,
      workspaceName: workspace.name,
      waitingRuns: new Set(held.map(({ runId }) => runId)).size,
      link: `${publicUrl}/connections?connection=${encodeURIComponent(credential.id)}`,
    } as const;
    const language = mailLanguage(workspace.language ?? '');
    const expiresAt = new Date(Date.now() + LIFE_MS);
    for (const to of await recipientsOf(tx, credential))
      await mailer.enqueue(tx, { to, content, language, about: credential.id, expiresAt });
  };
}
