import { maskOfSecrets } from '@millwright/connector-runtime';
import { openSecret, type CredentialPorts } from '@millwright/credentials';
import { credentials } from '@millwright/db';

/**
 * Takes every secret that the connections of a workspace hold out of texts, in each form in which services write them.
 * @throws InvariantError `secret_unreadable`: what cannot be read cannot be looked for
 */
export async function knownSecrets(
  { db, vault }: Pick<CredentialPorts, 'db' | 'vault'>,
  workspaceId: string,
): Promise<(text: string) => string> {
  const stored = await db.tenant(workspaceId, async (tx) => {
    const all = await credentials.list(tx, { userId: '', role: 'owner', isManager: true });
    return Promise.all(all.map(({ id }) => credentials.getSealed(tx, id)));
  });
  const secrets = await Promise.all(
    stored.map(async (one) => {
      if (one === null) return [];
      const { fields, token } = await openSecret(vault, workspaceId, one);
      // Open fields, such as addresses, are no secrets: samples would be full of holes.
      const hidden = Object.entries(fields).flatMap(([name, value]) => (Object.hasOwn(one.fields, name) ? [] : [value]));
      return [...hidden, token?.accessToken ?? '', token?.refreshToken ?? ''];
    }),
  );
  return maskOfSecrets(secrets.flat());
}
