import { UserError } from '@millwright/core';
import ipaddr from 'ipaddr.js';

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What an admin opened beyond the public network. */
export interface AllowList {
  /** Whether exactly this host and port, or a URL prefix of this URL, is listed: addresses and ports are then not judged. */
  readonly lists: (url: URL) => boolean;
  /** Whether an address is inside a listed range. */
  readonly covers: (address: string) => boolean;
}

/** Port of a URL as a number, with the scheme's default. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function refuse(entry: string): UserError {
  return new UserError('invalid', {
    code: 'egress_allow_invalid',
    message: `"${entry}" is no entry of the egress allow list`,
    hint: 'Write host:port (intranet.example:8080), a range (10.1.0.0/16), or a URL that allowed ones begin with (http://127.0.0.1:4400/echo/).',
  });
}

function parseCidr(entry: string): Cidr {
  try {
    return ipaddr.parseCIDR(entry);
  } catch {
    throw refuse(entry);
  }
}

function parsePrefix(entry: string): URL {
  const url = URL.parse(entry);
  if (url === null || !/^https?:$/.test(url.protocol) || !url.pathname.endsWith('/') || url.search !== '' || url.username !== '')
    throw refuse(entry);
  return url;
}

function parseHostPort(entry: string): string {
  const url = /:\d{1,5}$/.test(entry) && !entry.includes('/') ? URL.parse(`http://${entry}`) : null;
  if (url === null || url.username !== '') throw refuse(entry);
  return `${url.hostname}:${portOf(url)}`;
}

/**
 * Reads the entries of an allow list.
 * @param entries `host:port`, `CIDR`, or a URL prefix that ends in `/`
 * @throws UserError `egress_allow_invalid` naming the entry
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  const cidrs: Cidr[] = [];
  const hosts = new Set<string>();
  const prefixes: URL[] = [];
  for (const entry of entries.map((text) => text.trim()).filter((text) => text !== '')) {
    if (entry.includes('://')) prefixes.push(parsePrefix(entry));
    else if (entry.includes('/')) cidrs.push(parseCidr(entry));
    else hosts.add(parseHostPort(entry));
  }
  return {
    lists: (url) =>
      hosts.has(`${url.hostname}:${portOf(url)}`) ||
      prefixes.some((prefix) => prefix.origin === url.origin && url.pathname.startsWith(prefix.pathname)),
    covers: (address) => {
      const bare = address.replace(/%.*$/, '');
      if (!ipaddr.isValid(bare)) return false;
      const parsed = ipaddr.process(bare);
      return cidrs.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match([network, bits] as never));
    },
  };
}
