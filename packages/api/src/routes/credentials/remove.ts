import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { acquiringOf, openSecret, revokeToken } from '@millwright/credentials';
import { credentials, credentialUses } from '@millwright/db';
import { requireOwn } from '../../credentials/access.ts';
import { USES_DETAIL } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/credentials/:credentialId`: refused while a draft or a live version names it. */
export const removeCredential = defineRoute(
  endpoints.credentials.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'credentials.write', audit: 'credential.removed' },
  async ({ params: { credentialId }, principal, write }, deps) => {
    const { ports } = deps.credentials;
    const revoking = await write(async (tx, audit) => {
      const credential = await requireOwn(tx, credentialId, principal);
      const uses = await credentialUses.findUses(tx, credentialId);
      if (uses.length > 0) throw inUse(credential.name, uses);
      const type = ports.types.get(credential.type);
      // What does not open any more must still be deletable.
      const secret = type === undefined ? null : await openSecret(ports.vault, principal.workspaceId, credential).catch(() => null);
      const acquiring =
        type === undefined || secret === null ? null : await acquiringOf(tx, ports.vault, { credential, secret, type }).catch(() => null);
      await credentials.remove(tx, credentialId);
      await audit({ kind: 'credential', id: credentialId }, { type: credential.type, name: credential.name });
      return acquiring;
    });
    if (revoking !== null) void revokeToken(ports, revoking);
    return undefined;
  },
);

function inUse(name: string, uses: readonly credentialUses.CredentialUse[]): UserError {
  const names = uses.slice(0, 3).map((use) => `"${use.name}"`);
  const more = uses.length > names.length ? ` and ${uses.length - names.length} more` : '';
  return new UserError('conflict', {
    code: 'credential_in_use',
    message: `"${name}" is used by ${names.join(', ')}${more}.`,
    hint: 'Choose another connection in those workflows and publish them, or archive them; then delete it.',
    details: { [USES_DETAIL]: uses.map(({ credentialId: _id, ...use }) => use) },
  });
}
