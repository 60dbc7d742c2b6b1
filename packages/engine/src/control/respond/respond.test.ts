import type { JsonObject } from '@millwright/core';
import type { ReplyMessage } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { respondCompute } from './compute.ts';

function reply(parameters: JsonObject): ReplyMessage {
  if (respondCompute.kind !== 'respond') throw new Error('respond responds');
  return respondCompute.reply(parameters);
}

describe('respond', () => {
  it('writes JSON; a text that is JSON goes out as typed', () => {
    expect(reply({ body: { a: 1 } })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"a":1}',
    });
    expect(reply({ body: '{ "a": 1 }' }).body).toBe('{ "a": 1 }');
    expect(reply({ body: 'Anna' }).body).toBe('"Anna"');
  });

  it('writes text, with headers of its own', () => {
    expect(
      reply({
        status: 201,
        bodyType: 'text',
        body: 'hi',
        headers: [
          { name: 'X-A', value: 'b' },
          { name: '', value: '' },
        ],
      }),
    ).toEqual({ status: 201, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-a': 'b' }, body: 'hi' });
    expect(reply({ headers: { 'Content-Type': 'text/csv' } }).headers).toEqual({ 'content-type': 'text/csv' });
  });

  it.each<JsonObject>([
    { status: 99 },
    { status: '2xx' },
    { headers: [{ name: 'a b', value: '' }] },
    { headers: [{ name: 'a', value: 'x\r\ny: z' }] },
    { headers: [{ name: 'a', value: '€' }] },
    { headers: [{ name: 'a', value: '\u0001' }] },
    { headers: [{ name: 'Content-Length', value: '1000' }] },
    { headers: [{ name: 'Transfer-Encoding', value: 'chunked' }] },
    { headers: [{ name: 'Set-Cookie', value: 'millwright.session_token=x' }] },
    { headers: [{ name: 'Content-Security-Policy', value: 'default-src *' }] },
  ])('refuses %j', (parameters) => {
    expect(() => reply(parameters)).toThrow(expect.objectContaining({ code: 'parameter_invalid' }));
  });
});
