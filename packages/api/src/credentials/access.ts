import type { CredentialView } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { credentials, credentialUses, type TenantTx } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import { notFound } from '../problems.ts';
import { isManager, lookerOf } from './looker.ts';
import { toCredentialView } from './views.ts';

/** One that the caller may use. @throws UserError `credential_unknown` where there is none, or she may not: both look the same */
export async function requireUsable(tx: TenantTx, credentialId: string, principal: Principal): Promise<credentials.Credential> {
  const credential = await credentials.getFor(tx, credentialId, lookerOf(principal));
  if (credential === null) throw notFound('credential');
  return credential;
}

/**
 * One that the caller may change, locked: her own, or as a manager any.
 * @throws UserError `credential_unknown`, `credential_not_yours`
 */
export async function requireOwn(tx: TenantTx, credentialId: string, principal: Principal): Promise<credentials.StoredCredential> {
  const shown = await requireUsable(tx, credentialId, principal);
  if (shown.owner.id !== principal.userId && !isManager(principal)) {
    throw new UserError('forbidden', {
      code: 'credential_not_yours',
      message: `You may use "${shown.name}", but not change it.`,
      hint: `Ask ${shown.owner.name ?? 'an admin'}, or an admin.`,
    });
  }
  const stored = await credentials.getSealed(tx, credentialId, 'change');
  if (stored === null) throw notFound('credential');
  return stored;
}

/**
 * A credential as it is now, as the wire shows it to the caller.
 * @param of.given shown once more to who has just given it away
 * @throws UserError `credential_unknown`
 */
export async function viewOf(
  tx: TenantTx,
  credentialId: string,
  of: { readonly deps: Pick<ApiDeps, 'credentials'>; readonly principal: Principal; readonly given?: boolean },
): Promise<CredentialView> {
  const looker = lookerOf(of.principal);
  const credential = await credentials.getFor(tx, credentialId, { ...looker, isManager: looker.isManager || of.given === true });
  if (credential === null) throw notFound('credential');
  return toCredentialView(credential, { ...of, uses: await credentialUses.findUses(tx, credentialId) });
}
