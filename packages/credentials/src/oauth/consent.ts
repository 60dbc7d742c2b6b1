import { createHash, randomBytes } from 'node:crypto';
import { randomToken } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { credentials, oauthStates, type TenantTx } from '@millwright/db';
import { z, type CredentialTypeInfo, type OAuth2Auth } from '@millwright/node-sdk';
import type { CredentialPorts } from '../ports.ts';
import { acquiringOf, openSecret } from '../store/open.ts';
import { requireType } from '../store/store.ts';
import { addressOf, askForToken, requireClient, scopeText } from './acquire.ts';
import { identityOf, storeConsent } from './identity.ts';
import { refusalByWord } from './refusals.ts';
import { consentMissing, notConsenting, stateRefused, unknownHere } from './state-refusals.ts';

/** A consent has to be finished within this, in seconds. */
const STATE_S = 600;
/** What a state's secret is bound to. */
export const OAUTH_STATE = 'oauthState';
/** Where services send people back to: one page of the web app, which hands the answer to the API. */
const CALLBACK_PATH = '/oauth/callback';

const sealedState = z.object({ verifier: z.string(), anyAccount: z.boolean() });

/** Who consents, in which session. */
export interface Consenting {
  readonly userId: string;
  readonly sessionId: string;
}

/** A window to open. */
export interface ConsentWindow {
  readonly authorizeUrl: string;
  /** The exact address that the client app has to list at the service. */
  readonly redirectUri: string;
  readonly expiresAt: Date;
}

/** What came back to the callback page. */
export interface ConsentAnswer {
  readonly state: string;
  readonly code?: string | undefined;
  /** OAuth's word where it was refused. */
  readonly error?: string | undefined;
}

/** The exact address that client apps list at their services. */
export function redirectUriOf(publicUrl: string): string {
  return `${publicUrl}${CALLBACK_PATH}`;
}

/** A credential that is connected in a window. @throws UserError `credential_no_window` */
function requireWindow(type: CredentialTypeInfo): OAuth2Auth {
  if (type.auth.kind === 'oauth2') return type.auth;
  throw notConsenting('credential_no_window');
}

/**
 * Begins a consent, the first or another one: state of this session, PKCE, the exact redirect address.
 * @param options.anyAccount whether another account than the one before may come back
 * @throws UserError `oauth_client_missing`, `credential_no_window`, `credential_type_unknown`, `credential_url_invalid`
 */
export async function startConsent(
  tx: TenantTx,
  ports: CredentialPorts,
  {
    credential,
    by,
    anyAccount,
  }: { readonly credential: credentials.StoredCredential; readonly by: Consenting; readonly anyAccount: boolean },
): Promise<ConsentWindow> {
  const type = requireType(ports, credential.type);
  const auth = requireWindow(type);
  const secret = await openSecret(ports.vault, tx.workspaceId, credential);
  const acquiring = await acquiringOf(tx, ports.vault, { credential, secret, type });
  const { clientId } = requireClient(acquiring);
  const state = randomToken() + randomToken();
  const verifier = randomBytes(32).toString('base64url');
  const stateHash = hashHex(state);
  const sealed = await ports.vault.seal(tx, { id: stateHash, type: OAUTH_STATE }, { verifier, anyAccount });
  await oauthStates.begin(tx, { stateHash, kind: 'code', credentialId: credential.id, ...by, sealed }, STATE_S);
  const url = addressOf(acquiring, auth.authorizeUrl);
  const redirectUri = redirectUriOf(ports.publicUrl);
  const scope = scopeText(acquiring, auth);
  const params: Readonly<Record<string, string>> = {
    ...auth.extraParams,
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    ...(scope === '' ? {} : { scope }),
    ...(auth.pkce ? { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' } : {}),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return { authorizeUrl: url.href, redirectUri, expiresAt: new Date(ports.clock.nowMs() + STATE_S * 1000) };
}

/**
 * Finishes a consent: the state is used up whatever comes after it.
 * @returns the credential that works now
 * @throws UserError `oauth_state_unknown`, `oauth_state_used`, `oauth_state_expired`, `oauth_wrong_account`, as `refusalByWord`;
 * ConnectorError `oauth_unavailable`
 */
export async function finishConsent(
  workspaceId: string,
  ports: CredentialPorts,
  { answer, by }: { readonly answer: ConsentAnswer; readonly by: Consenting },
): Promise<string> {
  const taken = await ports.db.tenant(workspaceId, async (tx) => take(tx, ports, { answer, by }));
  if (answer.error !== undefined) throw refusalByWord(answer.error);
  if (answer.code === undefined || answer.code === '') throw consentMissing();
  const { credential, acquiring, verifier } = taken;
  const auth = requireWindow(taken.type);
  const token = await askForToken(
    ports,
    // A new consent brings everything anew.
    { ...acquiring, auth, secret: { ...acquiring.secret, token: null } },
    {
      url: auth.tokenUrl,
      params: {
        grant_type: 'authorization_code',
        code: answer.code,
        redirect_uri: redirectUriOf(ports.publicUrl),
        code_verifier: auth.pkce ? verifier : undefined,
      },
    },
  );
  const identity = await identityOf(ports, { ...taken, secret: acquiring.secret, answer: token });
  await storeConsent(workspaceId, ports, { credentialId: credential.id, answer: token, identity, anyAccount: taken.anyAccount });
  return credential.id;
}

async function take(tx: TenantTx, ports: CredentialPorts, { answer, by }: { readonly answer: ConsentAnswer; readonly by: Consenting }) {
  const stateHash = hashHex(answer.state);
  const taken = await oauthStates.take(tx, { stateHash, kind: 'code', sessionId: by.sessionId });
  if (taken.is !== 'taken') throw stateRefused(taken.is);
  const opened = sealedState.parse(await ports.vault.open(tx.workspaceId, { id: stateHash, type: OAUTH_STATE }, taken.state.sealed));
  const credential = await credentials.getSealed(tx, taken.state.credentialId);
  if (credential === null) throw unknownHere();
  const type = requireType(ports, credential.type);
  const secret = await openSecret(ports.vault, tx.workspaceId, credential);
  return { ...opened, credential, type, acquiring: await acquiringOf(tx, ports.vault, { credential, secret, type }) };
}
