import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { changeCredential } from '@millwright/credentials';
import { members } from '@millwright/db';
import { requireOwn, viewOf } from '../../credentials/access.ts';
import { releaseHeld } from '../../credentials/release.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `PATCH /api/v1/credentials/:credentialId` */
export const updateCredential = defineRoute(
  endpoints.credentials.update,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.changed' },
  async ({ params: { credentialId }, body, principal, write }, deps) => {
    const { view, isNew } = await write(async (tx, audit) => {
      const credential = await requireOwn(tx, credentialId, principal);
      if (body.ownerId !== undefined && (await members.get(tx, body.ownerId)) === null) throw unknownOwner();
      const isNewSecret = await changeCredential(tx, deps.credentials.ports, { credential, change: body });
      await audit({ kind: 'credential', id: credentialId }, { changed: Object.keys(body).join(' '), isNewSecret });
      return { view: await viewOf(tx, credentialId, { deps, principal, given: true }), isNew: isNewSecret };
    });
    if (isNew && view.health.status !== 'notConnected') await releaseHeld(deps, principal.workspaceId, credentialId);
    return view;
  },
);

function unknownOwner(): UserError {
  return new UserError('unprocessable', {
    code: 'owner_unknown',
    message: 'The new owner is no member of this workspace.',
    hint: 'Choose somebody of the member list.',
  });
}
