import { graphql, form, type BodyCodec } from '@millwright/node-sdk';
import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { encodeBody } from './encode-body.ts';

const scope = { idempotencyKey: 'key-1' };

function written(value: JsonValue | undefined, codec: BodyCodec) {
  const { body, headers } = encodeBody(value, codec, scope);
  return { body: body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : body, headers };
}

describe('a body', () => {
  it.each<[string, BodyCodec, JsonValue, string]>([
    ['brackets', form(), { a: { b: 'x y' }, c: [1, true], d: null, e: [{ f: 1 }] }, 'a[b]=x+y&c[]=1&c[]=true&e[][f]=1'],
    ['indices', form({ lists: 'indices' }), { c: [1, { d: 2 }] }, 'c[0]=1&c[1][d]=2'],
    ['repeat', form({ lists: 'repeat' }), { c: [1, 2] }, 'c=1&c=2'],
    ['comma', form({ lists: 'comma', nesting: 'dots' }), { a: { b: 1 }, c: [1, 2] }, 'a.b=1&c=1,2'],
  ])('as a form with %s', (_name, codec, value, expected) => {
    const { body, headers } = written(value, codec);
    expect(decodeURIComponent(body ?? '')).toBe(expected);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('as XML: attributes, text, lists; signs are escaped, names that are none refused', () => {
    expect(written({ list: { '@id': '"1"', item: ['a<b', { '#text': '&' }], none: null } }, { kind: 'xml' }).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><list id="&quot;1&quot;"><item>a&lt;b</item><item>&amp;</item></list>',
    );
    expect(() => written({ 'a><evil': 1 }, { kind: 'xml' })).toThrow(expect.objectContaining({ code: 'parameter_invalid' }));
  });

  it('as parts: the same key gives the same bytes, names cannot end their line', () => {
    const value = {
      note: 'hi',
      file: { fileName: 'a".txt\r\nx', contentType: 'text/plain', base64: Buffer.from('data').toString('base64') },
    };
    const once = written(value, { kind: 'multipart' });
    expect(written(value, { kind: 'multipart' })).toEqual(once);
    expect(once.body).toContain('filename="a%22.txt%0D%0Ax"\r\ncontent-type: text/plain\r\n\r\ndata\r\n');
    expect(once.headers['content-type']).toMatch(/^multipart\/form-data; boundary=\w+$/);
  });

  it('as a GraphQL operation', () => {
    expect(JSON.parse(written({ id: 1 }, graphql('query($id: Int) { a }')).body ?? '')).toEqual({
      query: 'query($id: Int) { a }',
      variables: { id: 1 },
    });
  });

  it('as JSON in a header, which holds ASCII only, with the content beside it', () => {
    const codec: BodyCodec = { kind: 'headerJson', header: 'Dropbox-API-Arg', content: '{{content}}' };
    const { body, headers } = encodeBody({ path: '/ü.txt' }, codec, { ...scope, content: Buffer.from('hi').toString('base64') });
    expect(headers).toMatchObject({ 'dropbox-api-arg': String.raw`{"path":"/\u00fc.txt"}`, 'content-type': 'application/octet-stream' });
    expect(Buffer.from(body ?? '').toString()).toBe('hi');
  });

  it('of fields that is none is refused', () => {
    for (const kind of ['multipart', 'xml'] as const)
      expect(() => written([1], { kind })).toThrow(expect.objectContaining({ code: 'parameter_invalid' }));
  });

  it('that is not there has no type', () => {
    expect(written(undefined, { kind: 'json' })).toEqual({ body: null, headers: {} });
  });
});
