import { UserError } from '@millwright/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpParametersOf } from './http-parameters.ts';
import { readCurl } from './read-curl.ts';

function fault(text: string): UserError {
  try {
    readCurl(text);
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('it should have been refused');
}

/** A word as `sh` reads it back. */
const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

describe('reading a cURL command', () => {
  it('percent signs that encode nothing are meant as they are', () => {
    expect(readCurl("curl 'https://a%@x.io/'").credential).toEqual({ kind: 'basic', username: 'a%', password: '' });
  });

  it('a plain address is a GET with its query apart', () => {
    expect(readCurl('curl https://api.example.com/v1/items?a=1&b=x%20y')).toMatchObject({
      method: 'GET',
      url: 'https://api.example.com/v1/items',
      query: [{ name: 'a', value: '1' }],
      notes: ['What follows the command was left out.'],
    });
    expect(readCurl("curl 'https://api.example.com/v1/items?a=1&b=x%20y'").query).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x y' },
    ]);
    expect(readCurl('curl api.example.com').url).toBe('https://api.example.com');
  });

  it.each([
    ['a form', "curl https://x.io/a -d a=1 -d 'b=x y' -d a=2", 'POST', { kind: 'form', fields: { a: ['1', '2'], b: 'x y' } }],
    [
      'JSON by its header',
      `curl https://x.io -H 'Content-Type: application/json' --data '{"a":[1]}'`,
      'POST',
      { kind: 'json', value: { a: [1] } },
    ],
    ['JSON without a header', `curl https://x.io -d '{"a":1}'`, 'POST', { kind: 'json', value: { a: 1 } }],
    ['--json', `curl https://x.io --json '{"a":1}' -X PUT`, 'PUT', { kind: 'json', value: { a: 1 } }],
    ['text', "curl https://x.io -H 'content-type: text/csv' --data-raw 'a;b'", 'POST', { kind: 'text', text: 'a;b' }],
    ['--data-urlencode', 'curl https://x.io --data-urlencode "q=a b&c"', 'POST', { kind: 'form', fields: { q: 'a b&c' } }],
    [
      'a form with a file',
      'curl https://x.io -F file=@photo.png -F "name=Jane Doe"',
      'POST',
      { kind: 'multipart', fields: [{ name: 'name', value: 'Jane Doe' }], files: [{ name: 'file', fileName: 'photo.png' }] },
    ],
    ['nothing with -I', 'curl -I https://x.io', 'HEAD', { kind: 'none' }],
    ['glued short options', 'curl -sSLXDELETE https://x.io', 'DELETE', { kind: 'none' }],
  ])('reads %s', (_name, command, method, body) => {
    expect(readCurl(command)).toMatchObject({ method, body });
  });

  it('-G turns data into a query', () => {
    expect(readCurl('curl -G https://x.io/s -d limit=3 --data-urlencode "q=a b"')).toMatchObject({
      method: 'GET',
      body: { kind: 'none' },
      query: [
        { name: 'limit', value: '3' },
        { name: 'q', value: 'a b' },
      ],
    });
  });

  it('reads what browsers copy: line ends, $’…’ and their own headers', () => {
    const command = `curl 'https://x.io/api' \\\n  -X 'POST' \\\n  -H 'accept: */*' \\\n  -H 'sec-ch-ua: "Chromium"' \\\n  -H 'content-type: application/json' \\\n  --data-raw $'{"text":"it\\'s \\u0021"}' \\\n  --compressed`;
    expect(readCurl(command)).toMatchObject({
      method: 'POST',
      headers: [{ name: 'accept', value: '*/*' }],
      body: { kind: 'json', value: { text: "it's !" } },
    });
  });

  it('reads what browsers copy for Windows: carets and doubled quotes', () => {
    const command =
      'curl ^"https://x.io/api?a=1^&b=2^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b^%^20^\\^"^}^"';
    expect(readCurl(command)).toMatchObject({
      method: 'POST',
      url: 'https://x.io/api',
      query: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
      body: { kind: 'json', value: { a: 'b%20' } },
    });
  });

  it.each([
    ['-u', 'curl -u jane:pa:ss https://x.io', { kind: 'basic', username: 'jane', password: 'pa:ss' }],
    ['a bearer token', "curl -H 'Authorization: Bearer abc.def' https://x.io", { kind: 'bearer', token: 'abc.def' }],
    ['a key in a header', "curl -H 'X-API-Key: k1' https://x.io", { kind: 'header', name: 'X-API-Key', value: 'k1' }],
    ['the address', 'curl https://jane:secret@x.io/a', { kind: 'basic', username: 'jane', password: 'secret' }],
  ])('a secret in %s goes into the credential and nowhere else', (_name, command, credential) => {
    const request = readCurl(command);
    expect(request.credential).toEqual(credential);
    expect(JSON.stringify(httpParametersOf(request))).not.toMatch(/secret|pa:ss|abc\.def|k1/);
  });

  it.each([
    ['an open quote', "curl 'https://x.io", 1, 6, /quote/],
    ['an unknown option', 'curl https://x.io \\\n --frobnicate', 2, 2, /--frobnicate/],
    ['an option without value', 'curl https://x.io -H', 1, 19, /no value/],
    ['a header without colon', 'curl https://x.io -H nope', 1, 22, /colon/],
    ['a file', 'curl https://x.io -d @body.json', 1, 22, /file/],
    ['another command', 'wget https://x.io', 1, 1, /no cURL/],
    ['no address', 'curl -X POST', 1, 1, /no address/],
    ['another scheme', 'curl ftp://x.io', 1, 6, /no address that a step/],
  ])('%s is refused with its place', (_name, command, line, column, message) => {
    const thrown = fault(command);
    expect(thrown).toMatchObject({ code: 'curl_invalid', details: { line, column } });
    expect(thrown.message).toMatch(message);
  });

  it('any header and body in shell quotes comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (body, value) => {
        fc.pre(!body.startsWith('@') && !body.includes('^\n') && !body.includes('^"') && !value.includes('^"') && !/[\r\n]/.test(value));
        const request = readCurl(`curl https://x.io -H 'content-type: text/plain' -H ${shell(`x-a: ${value}`)} --data-raw ${shell(body)}`);
        expect(request.body).toEqual({ kind: 'text', text: body });
        const trimmed = value.trim();
        expect(request.headers.find(({ name }) => name === 'x-a')?.value).toBe(trimmed === '' ? undefined : trimmed);
      }),
    );
  });

  it('whatever is pasted is read or refused with a place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `curl ${text}`),
          fc.string().map((text) => `curl ^\n${text}`),
        ),
        (text) => {
          try {
            readCurl(text);
          } catch (thrown) {
            const isPlaced = thrown instanceof UserError && thrown.code === 'curl_invalid' && typeof thrown.details?.['line'] === 'number';
            if (!isPlaced) throw thrown;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('as parameters of the HTTP step', () => {
  it('names what is set and leaves the rest to the defaults', () => {
    expect(httpParametersOf(readCurl(`curl https://x.io/a?b=1 -H 'x-a: 1' -d '{"c":2}'`))).toEqual({
      method: 'POST',
      url: 'https://x.io/a',
      query: [{ name: 'b', value: '1' }],
      headers: [{ name: 'x-a', value: '1' }],
      bodyType: 'json',
      body: { c: 2 },
    });
  });

  it('files are refused in words', () => {
    expect(() => httpParametersOf(readCurl('curl https://x.io -F f=@a.png'))).toThrow(/files/);
  });
});
