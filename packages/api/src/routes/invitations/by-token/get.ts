import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { invitations, type Database } from '@millwright/db';
import { definePublicRoute } from '../../../registry/route.ts';

/** The open invitation behind a link. @throws UserError `invitation_unknown` */
export async function requireInvitation(db: Database, token: string): Promise<invitations.InvitationOffer> {
  const offer = await invitations.findByTokenHash(db.identity, hashHex(token));
  if (offer !== null) return offer;
  throw new UserError('notFound', {
    code: 'invitation_unknown',
    message: 'This invitation was used, withdrawn, or has expired.',
    hint: 'Ask the person who invited you for a new link.',
  });
}

/** `GET /api/v1/invitations/by-token/:token` */
export const getInvitationByToken = definePublicRoute(
  endpoints.invitations.getByToken,
  { permission: 'anyone', tenant: 'path', bodyLimitBytes: 0, rateClass: 'signIn', csrf: 'none', audit: 'none' },
  async ({ params }, { db, identity }) => {
    const { email, role, workspaceName } = await requireInvitation(db, params.token);
    return { email, role, workspaceName, hasAccount: await identity.hasAccount(email) };
  },
);
