import { endpoints } from '@millwright/contracts';
import { invitations, mailOutbox, members } from '@millwright/db';
import { appendAudit } from '../../../audit.ts';
import type { ApiDeps } from '../../../deps.ts';
import { enter } from '../../../identity/session-view.ts';
import { definePublicRoute, ENTRY_RULES } from '../../../registry/route.ts';
import { requireInvitation } from './get.ts';

/** Uses the invitation up and lets the person in, in one transaction: of two at once, one wins. */
async function join(offer: invitations.InvitationOffer, userId: string, { db }: ApiDeps): Promise<void> {
  await db.tenant(offer.workspaceId, async (tx) => {
    await invitations.accept(tx, { invitationId: offer.id, userId });
    await mailOutbox.cancelAbout(tx, offer.id);
    const memberId = await members.add(tx, { userId, role: offer.role });
    const target = { kind: 'member', id: memberId };
    await appendAudit(tx, { action: 'member.joined', actorId: userId, target, details: { invitationId: offer.id, role: offer.role } });
  });
}

/** `POST /api/v1/invitations/by-token/:token/accept`: audited inside, since the workspace is known only there. */
export const acceptInvitation = definePublicRoute(
  endpoints.invitations.accept,
  { ...ENTRY_RULES, tenant: 'path', audit: 'member.joined' },
  async (call, deps) => {
    const offer = await requireInvitation(deps.db, call.params.token);
    const { name, password } = call.body;
    deps.limiter.take('signIn', `account ${offer.email}`);
    const hadAccount = await deps.identity.hasAccount(offer.email);
    const signedIn = hadAccount
      ? await deps.identity.signIn({ email: offer.email, password })
      : await deps.identity.signUp({ name, email: offer.email, password });
    try {
      await join(offer, signedIn.userId, deps);
    } catch (thrown) {
      if (!hadAccount) await deps.identity.forgetStranger(offer.email);
      throw thrown;
    }
    return enter(signedIn, call.reply, deps);
  },
);
