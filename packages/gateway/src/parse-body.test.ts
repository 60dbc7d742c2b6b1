import { describe, expect, it } from 'vitest';
import { fieldsOf, parseBody } from './parse-body.ts';

const json = { 'content-type': 'application/json' };

describe('a body', () => {
  it.each([
    ['nothing', {}, '', null],
    ['JSON with a byte order mark', json, '\ufeff{"a":1}', { a: 1 }],
    ['JSON of another name', { 'content-type': 'application/ld+json; charset=utf-8' }, '[1]', [1]],
    ['JSON with any names', json, '{"__proto__":{"x":1}}', JSON.parse('{"__proto__":{"x":1}}')],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1&a=2&b=%C3%BC', { a: ['1', '2'], b: 'ü' }],
    ['text', { 'content-type': 'text/csv' }, 'a;b', 'a;b'],
  ])('that is %s is read as that', (_name, headers, body, expected) => {
    expect(parseBody(headers, Buffer.from(body))).toEqual(expected);
  });

  it('is read in the charset that it names; bytes that are no text become base64, so that nothing is lost', () => {
    expect(parseBody({ 'content-type': 'text/plain; charset=iso-8859-1' }, Buffer.of(0xe4))).toBe('ä');
    expect(parseBody({ 'content-type': 'application/octet-stream' }, Buffer.of(0, 255))).toBe('AP8=');
  });

  it.each([
    ['JSON that is none', json, Buffer.from('{'), 'body_malformed'],
    ['JSON that is no text', json, Buffer.of(0x22, 0xff, 0x22), 'body_malformed'],
    ['JSON thousands deep', json, Buffer.from('['.repeat(9000) + ']'.repeat(9000)), 'json_too_deep'],
    ['compressed', { ...json, 'content-encoding': 'gzip' }, Buffer.from('x'), 'body_unsupported'],
    ['of an unknown charset', { 'content-type': 'text/plain; charset=klingon' }, Buffer.from('x'), 'body_unsupported'],
  ])('that is %s is refused with a hint', (_name, headers, body, code) => {
    expect(() => parseBody(headers, body)).toThrow(expect.objectContaining({ code, hint: expect.any(String) }));
  });
});

it('every name of a query is a field of its own, also those that objects have', () => {
  const fields = fieldsOf(new URLSearchParams('__proto__=x&__proto__=y&constructor=z'));
  expect(JSON.stringify(fields)).toBe('{"__proto__":["x","y"],"constructor":"z"}');
});
