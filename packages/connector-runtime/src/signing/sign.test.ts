import { apiKey, basic, bearer, digest, hmacSigned, mtls, none, oauth1, oauth2, sigV4, type AuthSpec } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import type { LentCredential } from '../lender.ts';
import type { UnsignedRequest } from '../request/build-request.ts';
import { digestChallenge } from './digest.ts';
import { certificateOf, sign, type SigningMoment } from './sign.ts';

const request: UnsignedRequest = { method: 'GET', url: 'https://api.example.com/items?b=1', headers: { accept: '*/*' }, body: null };
const moment: SigningMoment = { nowMs: Date.UTC(2015, 7, 30, 12, 36), nonce: () => 'abc' };

function lent(auth: AuthSpec, fields: Readonly<Record<string, string>>, more: Partial<LentCredential> = {}): LentCredential {
  return { credentialId: 'cred_1', type: 'x.y', auth, fields, hosts: ['api.example.com'], generation: 0, ...more };
}

const token = { accessToken: 't0', tokenType: 'Bearer', expiresAtMs: null, extra: {} };
const oauth = oauth2({ authorizeUrl: 'https://a.example.com', tokenUrl: 'https://a.example.com/t' });

describe('signatures', () => {
  it.each<[string, AuthSpec, Record<string, string>, Partial<LentCredential>, Record<string, string>]>([
    ['none', none(), {}, {}, {}],
    [
      'a key in a header with its prefix',
      apiKey({ in: 'header', name: 'X-Api-Key', prefix: 'Token ' }),
      { key: 'k' },
      {},
      { 'x-api-key': 'Token k' },
    ],
    ['a key in a cookie', apiKey({ in: 'cookie', name: 'sid' }), { key: 'k' }, {}, { cookie: 'sid=k' }],
    ['basic with other signs than ASCII', basic(), { username: 'Ä', password: 'p' }, {}, { authorization: 'Basic w4Q6cA==' }],
    ['basic with a key as its name', basic(), { username: 'key' }, {}, { authorization: 'Basic a2V5Og==' }],
    ['bearer', bearer(), { token: 't' }, {}, { authorization: 'Bearer t' }],
    ['a token that was got', oauth, {}, { token }, { authorization: 'Bearer t0' }],
    ['a token at a place of its own', { ...oauth, place: { in: 'header', name: 'X-Token' } }, {}, { token }, { 'x-token': 't0' }],
  ])('%s', (_name, auth, fields, more, headers) => {
    expect(sign(request, lent(auth, fields, more), moment)).toEqual({ ...request, headers: { ...request.headers, ...headers } });
  });

  it('a key in the query replaces one that is there', () => {
    expect(
      sign({ ...request, url: 'https://api.example.com/?key=mine' }, lent(apiKey({ in: 'query', name: 'key' }), { key: 'k&' }), moment).url,
    ).toBe('https://api.example.com/?key=k%26');
  });

  it('a credential that lacks something is refused before anything is sent, and not quoted', () => {
    for (const [auth, fields] of [
      [bearer(), {}],
      [oauth, { clientSecret: 'canary' }],
      [basic(), {}],
    ] as const) {
      const refused = (() => {
        try {
          return sign(request, lent(auth, fields), moment);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(refused).toMatchObject({ kind: 'auth', details: { sent: false } });
      expect(JSON.stringify(refused)).not.toContain('canary');
    }
  });

  it('a client certificate is shown by the socket, and signs nothing', () => {
    const certified = lent(mtls(), { certificate: 'c', privateKey: 'k', passphrase: '', ca: 'a' });
    expect(sign(request, certified, moment)).toEqual(request);
    expect(certificateOf(certified)).toEqual({ certificate: 'c', privateKey: 'k', ca: 'a' });
    expect(certificateOf(lent(bearer(), { token: 't' }))).toBeUndefined();
    expect(() => certificateOf(lent(mtls(), { certificate: 'c' }))).toThrow(expect.objectContaining({ code: 'credential_incomplete' }));
  });

  it('SigV4 gives what AWS’ own test suite gives (get-vanilla)', () => {
    const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
    const signed = sign(
      { method: 'GET', url: 'https://example.amazonaws.com/', headers: {}, body: null },
      lent(sigV4({ service: 'service' }), keys),
      moment,
    );
    expect(signed.headers).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    });
  });

  it('SigV4 sorts the query by its encoded names (get-vanilla-query-order-key-case)', () => {
    const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
    const signed = sign(
      { method: 'GET', url: 'https://example.amazonaws.com/?Param2=value2&Param1=value1', headers: {}, body: null },
      lent(sigV4({ service: 'service', region: 'us-east-1' }), keys),
      moment,
    );
    expect(signed.headers['authorization']).toContain('Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500');
  });

  it('OAuth 1.0a gives the signature of Twitter’s published example, form fields counted', () => {
    const fields = {
      consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    };
    const signed = sign(
      {
        method: 'POST',
        url: 'https://api.twitter.com/1.1/statuses/update.json?include_entities=true',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21',
      },
      lent(oauth1(), fields),
      { nowMs: 1_318_622_958_000, nonce: () => 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg' },
    );
    expect(signed.headers['authorization']).toContain('oauth_signature="hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"');
  });

  it('digest answers the challenge of RFC 7616 §3.9.1, the stronger algorithm first', () => {
    const header = [
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    ].join(', ');
    const challenge = digestChallenge(header);
    expect(challenge).toMatchObject({ algorithm: 'SHA-256', qop: 'auth' });
    const signed = sign(
      { method: 'GET', url: 'http://www.example.org/dir/index.html', headers: {}, body: null },
      lent(digest(), { username: 'Mufasa', password: 'Circle of Life' }),
      {
        ...moment,
        ...(challenge === null ? {} : { digest: { challenge, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', count: 1 } }),
      },
    );
    expect(signed.headers['authorization']).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
  });

  it('an HMAC covers what the connector names, the body’s bytes as they are', () => {
    const auth = hmacSigned({
      over: '{{timestamp}}{{method}}{{path}}{{body}}',
      headers: { 'X-Signature': '{{signature}}', 'X-Time': '{{timestamp}}' },
    });
    const signed = sign({ ...request, method: 'POST', body: '{"a":"ü"}' }, lent(auth, { secret: 's' }), moment);
    expect(signed.headers).toMatchObject({
      'x-time': '1440938160',
      'x-signature': '71c762389543ddb48cb368a52195657b9c26ca41d079d646b3fbd9f6e7a4ac35',
    });
  });
});
