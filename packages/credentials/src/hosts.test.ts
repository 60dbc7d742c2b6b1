import { UserError } from '@millwright/core';
import { hostFits } from '@millwright/core/host-pattern';
import { apiKey } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { hostsOf } from './hosts.ts';
import { namesForeignHost, renderUrl } from './template.ts';

const type = (hosts: readonly string[]) => ({
  type: 'a.key',
  connectorKey: 'a',
  connectorTitle: 'A',
  title: 'Key',
  hosts,
  baseUrl: 'https://a.test',
  test: null,
  auth: apiKey({ in: 'header', name: 'x' }),
});

describe('A112: hosts of a credential', () => {
  it.each([
    ['*.a.test', 'https://x.a.test/', true],
    ['*.a.test', 'https://x.y.a.test/', true],
    ['*.a.test', 'https://a.test/', false],
    ['*.a.test', 'https://a.test.evil/', false],
    ['*.a.test', 'https://evila.test/', false],
    ['*.a.test', 'https://eviLa.test/', false],
    ['*.a.test', 'https://x.a.test./', false],
    ['a.test', 'https://A.TEST/', true],
    ['a.test', 'https://a.test./', false],
    ['a.test', 'https://a.test:8443/', true],
    ['a.test:8443', 'https://a.test:8443/', false],
    ['a.test', 'https://a.test@evil.test/', false],
    ['a.test', 'https://evil.test/a.test', false],
    ['a.test', 'https://xa.test/', false],
    ['127.0.0.1', 'http://127.0.0.1:4000/', true],
    ['', 'https://a.test/', false],
    ['*.', 'https://a.test/', false],
    ['.*', 'https://a.test/', false],
  ])('%s and %s: %s', (pattern, url, fits) => {
    expect(hostFits(pattern, new URL(url))).toBe(fits);
  });

  it('lie within those of its type, and are named where the type has none', () => {
    expect(hostsOf(type(['*.a.test']), {})).toEqual(['*.a.test']);
    expect(hostsOf(type(['*.a.test']), {}, ['X.A.test'])).toEqual(['x.a.test']);
    expect(hostsOf(type(['{{auth.sub}}.a.test']), { sub: 'eu' })).toEqual(['eu.a.test']);
    expect(hostsOf(type([]), {}, ['intranet.example'])).toEqual(['intranet.example']);
    for (const asked of [['evil.test'], ['a.test'], ['*.x.test'], ['x.a.test.evil.test'], ['*.b.a.test', 'a.test']])
      expect(() => hostsOf(type(['*.a.test']), {}, asked)).toThrow(expect.objectContaining({ code: 'credential_host_foreign' }) as Error);
    for (const asked of ['*', '*.test', 'a b', 'https://a.test', 'a.test/path', 'user@a.test', '', 'a.test.', 'a.test:8443'])
      expect(() => hostsOf(type([]), {}, [asked])).toThrow(expect.objectContaining({ code: 'credential_host_invalid' }) as Error);
    expect(() => hostsOf(type([]), {})).toThrow(expect.objectContaining({ code: 'credential_hosts_missing' }) as Error);
  });
});

describe('addresses with fields in them', () => {
  it.each(['evil.test/', 'evil.test#', 'evil.test?', 'a@evil.test', 'evil.test\\', 'x:80/'])(
    'A111: %j does not choose another host',
    (sub) => {
      const hostOf = (): string => {
        try {
          return renderUrl('https://{{auth.sub}}.shop.example/token', { 'auth.sub': sub }).hostname;
        } catch (thrown) {
          return thrown instanceof UserError ? `refused: ${thrown.code}` : 'broken';
        }
      };
      expect(hostOf()).toMatch(/^refused: credential_url_invalid$|\.shop\.example$/);
    },
  );

  it('tell whether who fills them in decides where they go', () => {
    expect(namesForeignHost('https://shop.example/token/{{auth.id}}')).toBe(false);
    expect(namesForeignHost('https://{{auth.sub}}.shop.example/token')).toBe(false);
    for (const own of ['{{auth.url}}/token', 'https://{{auth.host}}/token', 'https://{{auth.sub}}.com/token', 'https://shop.{{auth.tld}}/'])
      expect(namesForeignHost(own)).toBe(true);
  });
});
