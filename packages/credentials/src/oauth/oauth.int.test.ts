import { newId } from '@millwright/core';
import { clientCredentials, deviceCode, oauth2, secretField } from '@millwright/node-sdk';
import { startOidcServer, type OidcServer } from '@millwright/testing';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createStand, typeOf, type Stand } from '../testing/stand.ts';
import { finishConsent, startConsent } from './consent.ts';
import { pollDevice, startDevice } from './device.ts';

const PUBLIC = 'http://127.0.0.1:4400';
const by = { userId: newId('user'), sessionId: 'session-1' };

let oidc: OidcServer;
let stand: Stand;

beforeEach(async () => {
  oidc = await startOidcServer({ redirectUris: [`${PUBLIC}/oauth/callback`], accessTokenS: 600 });
  const urls = { authorizeUrl: `${oidc.url}/auth`, tokenUrl: `${oidc.url}/token`, revokeUrl: `${oidc.url}/token/revocation` };
  const scopes = ['openid', 'email', 'offline_access'];
  const hosts = ['127.0.0.1'];
  stand = await createStand(inject('adminUrl'), {
    allow: [oidc.host],
    publicUrl: PUBLIC,
    types: [
      typeOf('oauth', oauth2({ ...urls, scopes, extraParams: { prompt: 'consent' }, rotates: true }), hosts),
      typeOf('machine', clientCredentials({ tokenUrl: urls.tokenUrl, scopes: ['api'] }), hosts),
      typeOf(
        'device',
        deviceCode({
          tokenUrl: urls.tokenUrl,
          deviceUrl: `${oidc.url}/device/auth`,
          scopes,
          fields: [secretField('clientSecret', 'Client secret')],
        }),
        hosts,
      ),
    ],
  });
  await stand.clientApp(oidc.clientId, oidc.clientSecret);
});
afterEach(async () => {
  await stand.remove();
  await oidc.stop();
});

const start = async (credentialId: string, options: { readonly anyAccount?: boolean; readonly sessionId?: string } = {}) => {
  const credential = await stand.row(credentialId);
  const { anyAccount = false, sessionId = by.sessionId } = options;
  return stand.database.tenant(stand.workspaceId, async (tx) =>
    startConsent(tx, stand.ports, { credential, by: { ...by, sessionId }, anyAccount }),
  );
};
const finish = async (url: URL, sessionId = by.sessionId) => {
  const { state = '', code, error } = Object.fromEntries(url.searchParams);
  return finishConsent(stand.workspaceId, stand.ports, { answer: { state, code, error }, by: { ...by, sessionId } });
};
const connect = async (account?: string): Promise<string> => {
  const credentialId = await stand.create('shop.oauth');
  const { authorizeUrl } = await start(credentialId);
  await finish(await oidc.consent(authorizeUrl, 'allow', account));
  return credentialId;
};
const refOf = (credentialId: string) => ({ workspaceId: stand.workspaceId, credentialId });
const tokenOf = async (credentialId: string) => stand.lender.lend(refOf(credentialId), async ({ token }) => token?.accessToken);

describe('a consent in the service’s window', () => {
  it('ends in a token of the account that agreed; nothing of it can be seen in the row', async () => {
    const credentialId = await stand.create('shop.oauth');
    await expect(tokenOf(credentialId)).rejects.toMatchObject({
      kind: 'auth',
      code: 'credential_reconnect',
      details: { cause: 'not_connected' },
    });
    const { authorizeUrl, redirectUri } = await start(credentialId);
    expect(redirectUri).toBe(`${PUBLIC}/oauth/callback`);
    await finish(await oidc.consent(authorizeUrl, 'allow', 'ana'));
    const token = (await tokenOf(credentialId)) ?? '';
    expect(token.length).toBeGreaterThan(20);
    const row = await stand.row(credentialId);
    expect(row).toMatchObject({ health: 'working', renews: true, expiresAt: null, generation: 2 });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(Buffer.from(row.sealed.sealed).includes(token)).toBe(false);
  });

  it('A58: takes no foreign, reused, missing or expired state, and stores nothing then', async () => {
    const credentialId = await stand.create('shop.oauth');
    const back = await oidc.consent((await start(credentialId)).authorizeUrl, 'allow');
    await expect(finish(back, 'session-of-somebody-else')).rejects.toMatchObject({ code: 'oauth_state_unknown' });
    const forged = new URL(back);
    forged.searchParams.set('state', 'a'.repeat(52));
    await expect(finish(forged)).rejects.toMatchObject({ code: 'oauth_state_unknown' });
    expect((await stand.row(credentialId)).health).toBe('notConnected');
    await finish(back);
    await expect(finish(back)).rejects.toMatchObject({ code: 'oauth_state_used' });
    const late = await oidc.consent((await start(credentialId)).authorizeUrl, 'allow');
    await stand.database.tenant(stand.workspaceId, async (tx) => tx.query(`update oauth_states set expires_at = now() - interval '1 s'`));
    await expect(finish(late)).rejects.toMatchObject({ code: 'oauth_state_expired' });
    const other = await stand.create('shop.oauth');
    const injected = await oidc.consent((await start(other)).authorizeUrl, 'allow');
    injected.searchParams.set('state', new URL((await start(credentialId)).authorizeUrl).searchParams.get('state') ?? '');
    // A code of another window has another verifier.
    await expect(finish(injected)).rejects.toMatchObject({ code: 'oauth_grant_invalid' });
  });

  it('each refusal has its own code and next step: denied, wrong secret, wrong redirect, wrong account', async () => {
    const denied = await stand.create('shop.oauth');
    await expect(finish(await oidc.consent((await start(denied)).authorizeUrl, 'deny'))).rejects.toMatchObject({
      code: 'oauth_access_denied',
    });
    const credentialId = await connect('ana');
    const before = await tokenOf(credentialId);
    await expect(finish(await oidc.consent((await start(credentialId)).authorizeUrl, 'allow', 'bob'))).rejects.toMatchObject({
      code: 'oauth_wrong_account',
      details: { known: 'ana@example.com', came: 'bob@example.com' },
    });
    expect(await tokenOf(credentialId)).toBe(before);
    await finish(await oidc.consent((await start(credentialId, { anyAccount: true })).authorizeUrl, 'allow', 'bob'));
    expect((await stand.row(credentialId)).account).toBe('bob@example.com');
    const back = await oidc.consent((await start(credentialId)).authorizeUrl, 'allow', 'bob');
    await stand.clientApp(oidc.clientId, 'not the secret');
    await expect(finish(back)).rejects.toMatchObject({ code: 'oauth_client_invalid', hint: expect.stringContaining('admin') as unknown });
    await stand.clientApp(oidc.clientId, oidc.clientSecret);
    oidc.failNext(400, '{"error":"redirect_uri_mismatch"}');
    const again = await oidc.consent((await start(credentialId)).authorizeUrl, 'allow', 'bob');
    await expect(finish(again)).rejects.toMatchObject({ code: 'oauth_redirect_mismatch' });
    oidc.failNext(200, '<html>sign in</html>');
    const page = await oidc.consent((await start(credentialId)).authorizeUrl, 'allow', 'bob');
    await expect(finish(page)).rejects.toMatchObject({ code: 'oauth_answer_invalid' });
  });
});

describe('renewal', () => {
  it('happens once ahead of expiry, however many calls and processes want the token; each refresh token is used once', async () => {
    const credentialId = await connect();
    const first = await tokenOf(credentialId);
    expect(await tokenOf(credentialId)).toBe(first);
    stand.later(560_000);
    oidc.slowDown(400);
    const others = await Promise.all([stand.beside(), stand.beside()]);
    const lend = async (lender: Stand['lender']) => lender.lend(refOf(credentialId), async ({ token }) => token?.accessToken);
    const tokens = await Promise.all(
      [stand.lender, ...others.map(({ lender }) => lender)].flatMap((lender) => [lend(lender), lend(lender), lend(lender)]),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(first);
    expect(oidc.tokenRequests('refresh_token')).toBe(1);
  });

  it('after a 401 is one for a generation: who was refused with an older one finds the new one', async () => {
    const credentialId = await connect();
    const { generation } = await stand.row(credentialId);
    const beside = await stand.beside();
    oidc.slowDown(400);
    await Promise.all([stand.lender, beside.lender, stand.lender].map((lender) => lender.renew(refOf(credentialId), generation)));
    expect(oidc.tokenRequests('refresh_token')).toBe(1);
    await stand.lender.renew(refOf(credentialId), generation);
    expect(oidc.tokenRequests('refresh_token')).toBe(1);
    expect((await stand.row(credentialId)).generation).toBe(generation + 1);
  });

  it('that the service cannot give now leaves what is still good, and is tried again; nothing dies of it', async () => {
    const credentialId = await connect();
    const first = await tokenOf(credentialId);
    stand.later(560_000);
    oidc.failNext(503, 'busy', 1);
    expect(await tokenOf(credentialId)).toBe(first);
    oidc.failNext(503, 'busy', 1);
    stand.later(100_000);
    await expect(tokenOf(credentialId)).rejects.toMatchObject({ kind: 'transient', code: 'credential_renew_failed' });
    expect((await stand.row(credentialId)).health).toBe('working');
    expect(await tokenOf(credentialId)).not.toBe(first);
  });

  it('A59, F38: of a grant that was revoked ends in "needs reconnect", which names who must act; a consent brings it back', async () => {
    const credentialId = await connect();
    oidc.revoke();
    const { generation, name } = await stand.row(credentialId);
    const dead = { kind: 'auth', code: 'credential_reconnect', hint: expect.stringContaining(name) as unknown, details: { credentialId } };
    await expect(stand.lender.renew(refOf(credentialId), generation)).rejects.toMatchObject(dead);
    expect(await stand.row(credentialId)).toMatchObject({ health: 'needsReconnect', healthCode: 'credential_grant_ended', generation });
    await expect(tokenOf(credentialId)).rejects.toMatchObject(dead);
    await expect(stand.lender.renew(refOf(credentialId), generation)).rejects.toMatchObject(dead);
    expect(oidc.tokenRequests('refresh_token')).toBe(1);
    await finish(await oidc.consent((await start(credentialId)).authorizeUrl, 'allow'));
    expect(await tokenOf(credentialId)).toBeTruthy();
    expect(JSON.stringify(stand.logged)).not.toContain('eyJ');
  });
});

describe('without a window', () => {
  it('client credentials get a token of their own, and a wrong secret is dead until it is entered anew', async () => {
    const { clientId, clientSecret } = oidc;
    const credentialId = await stand.create('shop.machine', { clientId, clientSecret });
    const token = await tokenOf(credentialId);
    expect(await tokenOf(credentialId)).toBe(token);
    expect(oidc.tokenRequests('client_credentials')).toBe(1);
    const wrong = await stand.create('shop.machine', { clientId, clientSecret: 'wrong' });
    await expect(tokenOf(wrong)).rejects.toMatchObject({ code: 'credential_reconnect', details: { cause: 'client_invalid' } });
    expect(JSON.stringify(await stand.row(wrong))).not.toContain(clientSecret);
  });

  it('a device code waits until it was typed in elsewhere, belongs to the session that asked, and is used once', async () => {
    const { clientId, clientSecret } = oidc;
    const credentialId = await stand.create('shop.device', { clientId, clientSecret });
    const { deviceId, userCode, verificationUrl } = await startDevice(stand.workspaceId, stand.ports, {
      credentialId,
      by,
      anyAccount: false,
    });
    const poll = async (sessionId = by.sessionId) => pollDevice(stand.workspaceId, stand.ports, { deviceId, by: { ...by, sessionId } });
    expect(await poll()).toMatchObject({ status: 'pending', credentialId });
    await oidc.enterCode(verificationUrl, userCode);
    await expect(poll('session-of-somebody-else')).rejects.toMatchObject({ code: 'oauth_state_unknown' });
    expect(await poll()).toMatchObject({ status: 'connected', credentialId });
    await expect(poll()).rejects.toMatchObject({ code: 'oauth_state_used' });
    expect(await tokenOf(credentialId)).toBeTruthy();
  });
});
