import { describe, expect, it } from 'vitest';
import { httpParametersOf } from './http-parameters.ts';
import { readCurl } from './read-curl.ts';
import { takeSecrets } from './take-secrets.ts';

describe('secrets of a cURL command', () => {
  it.each([
    ['a bearer token', "curl https://x.io -H 'Authorization: Bearer canary'", [{ kind: 'bearer', token: 'canary' }]],
    ['a user', 'curl -u jane:canary https://x.io', [{ kind: 'basic', username: 'jane', password: 'canary' }]],
    ['a key in the address', "curl 'https://x.io/a?limit=1&api_key=canary'", [{ kind: 'query', name: 'api_key', value: 'canary' }]],
    ['cookies', "curl https://x.io -b 'sid=canary'", [{ kind: 'header', name: 'Cookie', value: 'sid=canary' }]],
    [
      'several at once, the one that signs first',
      "curl 'https://x.io?token=canary' -b 'sid=canary' -H 'X-API-Key: canary' -H 'Authorization: Bearer canary'",
      [
        { kind: 'bearer', token: 'canary' },
        { kind: 'header', name: 'X-API-Key', value: 'canary' },
        { kind: 'query', name: 'token', value: 'canary' },
        { kind: 'header', name: 'Cookie', value: 'sid=canary' },
      ],
    ],
  ])('%s: none stays in what is kept', (_name, command, secrets) => {
    const taken = takeSecrets(readCurl(command));
    expect(taken.secrets).toEqual(secrets);
    expect(JSON.stringify(taken.request)).not.toContain('canary');
    expect(JSON.stringify(httpParametersOf(taken.request, 2))).not.toContain('canary');
  });

  it('what is no secret stays', () => {
    const { request, secrets } = takeSecrets(readCurl("curl 'https://x.io/a?page=2' -H 'Accept: text/csv'"));
    expect(secrets).toEqual([]);
    expect(request).toMatchObject({ query: [{ name: 'page', value: '2' }], headers: [{ name: 'Accept', value: 'text/csv' }] });
  });
});

it('a form with files is a form of version 2 of the step, with a place for each file', () => {
  const request = readCurl('curl https://x.io -F a=1 -F a=2 -F photo=@me.png');
  expect(httpParametersOf(request, 2)).toMatchObject({
    method: 'POST',
    bodyType: 'multipart',
    body: { a: ['1', '2'], photo: { fileName: 'me.png', base64: '' } },
  });
  expect(() => httpParametersOf(request)).toThrow(/files/);
});
