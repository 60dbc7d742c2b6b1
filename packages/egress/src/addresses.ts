import ipaddr from 'ipaddr.js';

/** Special addresses that look public: Azure's platform address. */
const EXTRA_V4 = new Set(['168.63.129.16']);
/** The only IPv6 space that is routed in public. */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

/**
 * Why an address is not reachable for workflows, or null when it is public.
 * IPv4 inside IPv6 (mapped) is judged as IPv4; tunnels (6to4, Teredo, NAT64) are refused as such.
 * @param address as text, zone ids allowed
 */
export function refusalOf(address: string): string | null {
  const bare = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return 'unreadable';
  const parsed = ipaddr.process(bare);
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (EXTRA_V4.has(parsed.toString())) return 'metadata';
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_V6)) return 'reserved';
  return null;
}

/** Metadata services inside ranges of private networks. */
const METADATA_IN_PRIVATE = new Set(['fd00:ec2::254']);

/**
 * Why an address is out of reach for a server of the admin's own, or null when it is public, on this machine, or in a private network.
 * @param address as text, zone ids allowed
 */
export function ownNetworkRefusalOf(address: string): string | null {
  const range = refusalOf(address);
  if (range !== 'loopback' && range !== 'private' && range !== 'uniqueLocal') return range;
  return METADATA_IN_PRIVATE.has(ipaddr.process(address.replace(/%.*$/, '')).toString()) ? 'metadata' : null;
}

/** A host of a URL as an address, without brackets; null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? bare : null;
}
