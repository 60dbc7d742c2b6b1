import { endpoints } from '@millwright/contracts';
import { randomToken, UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { invitations, members, workspaces, type TenantTx } from '@millwright/db';
import { mailLanguage } from '@millwright/mail';
import type { ApiDeps } from '../../deps.ts';
import type { Principal } from '../../principal.ts';
import { requireMayGrant } from '../../permissions.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { toInvitationView } from './list.ts';

/** How long a link is good for, in ms. */
const LIFE_MS = 7 * 86_400_000;

/** `POST /api/v1/invitations`: the link is in this answer, and sealed in the outbox until it is mailed; else the database holds a hash. */
export const createInvitation = defineRoute(
  endpoints.invitations.create,
  { ...WRITE_RULES, permission: 'members.manage', audit: 'invitation.created', secretAnswer: true },
  async ({ body, principal, write }, deps) => {
    requireMayGrant(principal.role, body.role);
    const token = randomToken();
    const link = `${deps.publicUrl}/invite/${token}`;
    const isMailed = await deps.mail.isOn();
    const invitation = await write(async (tx, audit) => {
      if ((await members.list(tx)).some((member) => member.email === body.email)) {
        throw new UserError('conflict', {
          code: 'already_member',
          message: `${body.email} is a member already.`,
          hint: 'Change the role in the list of members.',
        });
      }
      const expiresAt = new Date(deps.clock.nowMs() + LIFE_MS);
      const created = await invitations.create(tx, { ...body, tokenHash: hashHex(token), expiresAt, invitedBy: principal.userId });
      if (isMailed) await mailLink(tx, created, { link, principal, deps });
      await audit({ kind: 'invitation', id: created.id }, { email: body.email, role: body.role, isMailed });
      return created;
    });
    return { ...toInvitationView(invitation), link, isMailed };
  },
);

/** Writes the link into the outbox. */
async function mailLink(
  tx: TenantTx,
  { id, email, role, expiresAt }: invitations.Invitation,
  { link, principal, deps }: { readonly link: string; readonly principal: Principal; readonly deps: ApiDeps },
): Promise<void> {
  const { name: inviterName, workspaceName } = principal;
  await deps.mail.enqueue(tx, {
    to: email,
    content: { kind: 'invitation', inviterName, workspaceName, role, link, expiresAt },
    language: mailLanguage((await workspaces.get(tx))?.language ?? ''),
    about: id,
    expiresAt,
  });
}
