import { variables, type TenantTx } from '@millwright/db';
import type { KnownNames } from '@millwright/engine/compile';
import type { ApiDeps } from '../deps.ts';

/** What expressions of a workspace can read beside items: its variables, and the environment names that an admin allowed. */
export async function knownNames(tx: TenantTx, { environment = {} }: Pick<ApiDeps, 'environment'>): Promise<KnownNames> {
  return { vars: await variables.keys(tx), env: Object.keys(environment) };
}
