import { credentials, type TenantTx } from '@millwright/db';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import { storeToken } from '../lend/renewal.ts';
import type { CredentialPorts } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { openSecret } from '../store/open.ts';
import { requireType } from '../store/store.ts';
import { unknownHere, wrongAccount } from './state-refusals.ts';
import type { TokenAnswer } from './token-answer.ts';

/** Whose a token is. */
interface Identity {
  /** For people; null where nobody says. */
  readonly account: string | null;
  /** What does not change while it is the same account; null where nobody says. */
  readonly subject: string | null;
}

/** Longest name of an account that is shown. */
const MAX_ACCOUNT = 200;

/** Whose a token is: as the ID token says, else as the connector's test shows. */
export async function identityOf(
  ports: CredentialPorts,
  of: {
    readonly credential: credentials.Credential;
    readonly type: CredentialTypeInfo;
    readonly secret: Secret;
    readonly answer: TokenAnswer;
  },
): Promise<Identity> {
  const { claims, token } = of.answer;
  const textOf = (name: string): string | null => (typeof claims[name] === 'string' ? claims[name].slice(0, MAX_ACCOUNT) : null);
  const sub = textOf('sub');
  if (sub !== null) {
    const account = textOf('email') ?? textOf('preferred_username') ?? textOf('name') ?? sub;
    return { account, subject: `${textOf('iss') ?? ''} ${sub}` };
  }
  if (ports.probe === undefined || of.type.test === null) return { account: null, subject: null };
  const lent = {
    credentialId: of.credential.id,
    type: of.type.type,
    auth: of.type.auth,
    fields: of.secret.fields,
    token,
    hosts: of.credential.hosts,
    generation: of.credential.generation,
  };
  // What cannot be asked now is seen by the first test.
  const shown = await ports.probe(of.type, lent).then(
    (seen) => seen.shown,
    () => null,
  );
  return { account: shown?.slice(0, MAX_ACCOUNT) ?? null, subject: null };
}

/** Stores what a consent brought, unless it is for another account. @throws UserError `oauth_wrong_account`, `credential_unknown` */
export async function storeConsent(
  workspaceId: string,
  ports: CredentialPorts,
  of: { readonly credentialId: string; readonly answer: TokenAnswer; readonly identity: Identity; readonly anyAccount: boolean },
): Promise<void> {
  await ports.db.tenant(workspaceId, async (tx: TenantTx) => {
    const credential = await credentials.getSealed(tx, of.credentialId, 'change');
    if (credential === null) throw unknownHere();
    const { subject } = await openSecret(ports.vault, workspaceId, credential);
    const [was, is] =
      subject !== null && of.identity.subject !== null ? [subject, of.identity.subject] : [credential.account, of.identity.account];
    if (!of.anyAccount && was !== null && is !== null && was !== is) throw wrongAccount(credential.account, of.identity.account);
    await storeToken(tx, ports, { credential, type: requireType(ports, credential.type), answer: of.answer, ...of.identity });
  });
}
