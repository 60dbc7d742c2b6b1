import type { SessionView } from '@millwright/contracts';
import type { ApiDeps } from '../deps.ts';
import { permissionsOf } from '../permissions.ts';
import type { Principal } from '../principal.ts';
import { notSignedIn } from '../registry/serve.ts';
import type { Reply } from '../registry/route.ts';
import type { SignedIn } from './identity.ts';

/** The session as the wire shows it. */
export function toSessionView(principal: Principal, deps: Pick<ApiDeps, 'version' | 'publicUrl'>): SessionView {
  return {
    user: { id: principal.userId, name: principal.name, email: principal.email },
    workspace: { id: principal.workspaceId, name: principal.workspaceName },
    role: principal.role,
    permissions: [...permissionsOf(principal.role)],
    expiresAt: new Date(principal.expiresAtMs).toISOString(),
    server: { version: deps.version, url: deps.publicUrl },
  };
}

/**
 * Sends the cookies of a fresh session and gives its view.
 * @throws UserError `not_signed_in` when the person belongs to no workspace
 */
export async function enter(signedIn: SignedIn, reply: Reply, deps: ApiDeps): Promise<SessionView> {
  const cookie = signedIn.cookies.map((line) => line.split(';', 1)[0]).join('; ');
  const principal = await deps.identity.authenticate(new Headers({ cookie }));
  if (principal === null) throw notSignedIn();
  reply.header('set-cookie', signedIn.cookies);
  return toSessionView(principal, deps);
}
