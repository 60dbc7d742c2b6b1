import { randomToken } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { credentials, oauthStates } from '@millwright/db';
import { z, type CredentialTypeInfo, type DeviceCodeAuth } from '@millwright/node-sdk';
import type { CredentialPorts } from '../ports.ts';
import { acquiringOf, openSecret } from '../store/open.ts';
import { requireType } from '../store/store.ts';
import { addressOf, askForToken, requireClient, scopeText, type Acquiring } from './acquire.ts';
import { OAUTH_STATE, type Consenting } from './consent.ts';
import { identityOf, storeConsent } from './identity.ts';
import { invalidAnswer, isRefusal, refusalOf } from './refusals.ts';
import { notConsenting, stateRefused, unknownHere } from './state-refusals.ts';
import { answerFields, type TokenAnswer } from './token-answer.ts';
import { requestToken } from './token-request.ts';

/** Longest that a code is waited for, in seconds. */
const MAX_S = 1_800;
const DEFAULT_INTERVAL_S = 5;

const sealedState = z.object({ deviceCode: z.string(), anyAccount: z.boolean() });
const deviceAnswer = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1).max(100),
  verification_uri: z.string().optional(),
  verification_url: z.string().optional(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.coerce.number().positive().default(MAX_S),
  interval: z.coerce.number().positive().default(DEFAULT_INTERVAL_S),
});

/** What a person types in elsewhere. */
export interface DeviceStart {
  /** Names this try when it is asked again. */
  readonly deviceId: string;
  readonly userCode: string;
  readonly verificationUrl: string;
  readonly intervalMs: number;
  readonly expiresAt: Date;
}

/** What a device is that is asked again. */
export type DevicePoll = { readonly status: 'pending'; readonly slowDown: boolean } | { readonly status: 'connected' };

interface Loaded {
  readonly credential: credentials.StoredCredential;
  readonly type: CredentialTypeInfo;
  readonly auth: DeviceCodeAuth;
  readonly acquiring: Acquiring;
}

/** @throws UserError `credential_unknown`, `credential_no_device` */
async function load(workspaceId: string, ports: CredentialPorts, credentialId: string): Promise<Loaded> {
  return ports.db.tenant(workspaceId, async (tx) => {
    const credential = await credentials.getSealed(tx, credentialId);
    if (credential === null) throw unknownHere();
    const type = requireType(ports, credential.type);
    if (type.auth.kind !== 'deviceCode') throw notConsenting('credential_no_device');
    const secret = await openSecret(ports.vault, workspaceId, credential);
    return { credential, type, auth: type.auth, acquiring: await acquiringOf(tx, ports.vault, { credential, secret, type }) };
  });
}

/** Only pages can be opened by people; `javascript:` and the like never. */
function pageOf(text: string | undefined): string | null {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Asks the service for a code (RFC 8628). @throws UserError, ConnectorError as `refusalOf` */
export async function startDevice(
  workspaceId: string,
  ports: CredentialPorts,
  of: { readonly credentialId: string; readonly by: Consenting; readonly anyAccount: boolean },
): Promise<DeviceStart> {
  const { credential, auth, acquiring } = await load(workspaceId, ports, of.credentialId);
  const response = await requestToken(ports.egress, {
    url: addressOf(acquiring, auth.deviceUrl),
    client: requireClient(acquiring),
    tokenAuth: auth.tokenAuth ?? 'body',
    params: { scope: scopeText(acquiring, auth) },
  });
  const fields = answerFields(response);
  const refusal = refusalOf(response, fields);
  if (refusal !== null) throw refusal;
  const answer = deviceAnswer.safeParse(fields);
  const page = answer.success ? pageOf(answer.data.verification_uri ?? answer.data.verification_url) : null;
  if (!answer.success || page === null) throw invalidAnswer(response);
  const deviceId = randomToken() + randomToken();
  const seconds = Math.min(answer.data.expires_in, MAX_S);
  await ports.db.tenant(workspaceId, async (tx) => {
    const stateHash = hashHex(deviceId);
    const secret = { deviceCode: answer.data.device_code, anyAccount: of.anyAccount };
    const sealed = await ports.vault.seal(tx, { id: stateHash, type: OAUTH_STATE }, secret);
    await oauthStates.begin(tx, { stateHash, kind: 'device', credentialId: credential.id, ...of.by, sealed }, seconds);
  });
  return {
    deviceId,
    userCode: answer.data.user_code,
    verificationUrl: pageOf(answer.data.verification_uri_complete) ?? page,
    intervalMs: answer.data.interval * 1000,
    expiresAt: new Date(ports.clock.nowMs() + seconds * 1000),
  };
}

/** Asks whether the code was entered. @throws UserError `oauth_state_…`, `oauth_access_denied`, `oauth_code_expired`, `oauth_wrong_account` */
export async function pollDevice(
  workspaceId: string,
  ports: CredentialPorts,
  of: { readonly deviceId: string; readonly by: Consenting },
): Promise<DevicePoll & { readonly credentialId: string }> {
  const stateHash = hashHex(of.deviceId);
  const taken = await ports.db.tenant(workspaceId, async (tx) =>
    oauthStates.take(tx, { stateHash, kind: 'device', sessionId: of.by.sessionId, keep: true }),
  );
  if (taken.is !== 'taken') throw stateRefused(taken.is);
  const { credentialId, sealed } = taken.state;
  const { deviceCode, anyAccount } = sealedState.parse(await ports.vault.open(workspaceId, { id: stateHash, type: OAUTH_STATE }, sealed));
  const loaded = await load(workspaceId, ports, credentialId);
  const answer = await askWithCode(ports, loaded, deviceCode);
  if ('status' in answer) return { ...answer, credentialId };
  await ports.db.tenant(workspaceId, async (tx) => oauthStates.spend(tx, stateHash));
  const identity = await identityOf(ports, { ...loaded, secret: loaded.acquiring.secret, answer });
  await storeConsent(workspaceId, ports, { credentialId, answer, identity, anyAccount });
  return { status: 'connected', credentialId };
}

async function askWithCode(
  ports: CredentialPorts,
  { acquiring, auth }: Loaded,
  deviceCode: string,
): Promise<TokenAnswer | Extract<DevicePoll, { readonly status: 'pending' }>> {
  try {
    return await askForToken(
      ports,
      { ...acquiring, auth: { ...auth, tokenAuth: auth.tokenAuth ?? 'body' }, secret: { ...acquiring.secret, token: null } },
      { url: auth.tokenUrl, params: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode } },
    );
  } catch (thrown) {
    if (isRefusal(thrown, 'oauth_pending')) return { status: 'pending', slowDown: false };
    if (isRefusal(thrown, 'oauth_slow_down')) return { status: 'pending', slowDown: true };
    throw thrown;
  }
}
