import { literalAddress, refusalOf } from './addresses.ts';
import { portOf, type AllowList } from './allow-list.ts';
import { privateAddress, refused } from './errors.ts';

/** Ports above 1023 where something other than HTTP listens. */
const CLOSED_PORTS = new Set([1433, 1521, 2049, 2375, 2376, 2379, 3306, 3389, 5432, 5672, 6379, 9042, 9092, 11211, 27017]);
/** Ports of Temporal, ours among them. */
const TEMPORAL_PORTS = { from: 7233, to: 7239 };
/** Headers that describe the socket, not the request. */
const REFUSED_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
  'expect',
  'proxy-authorization',
  'proxy-connection',
]);

/** Whether workflows may not call a port: those of systems, databases and Temporal. */
export function isClosedPort(port: number): boolean {
  return (
    (port < 1024 && port !== 80 && port !== 443) || CLOSED_PORTS.has(port) || (port >= TEMPORAL_PORTS.from && port <= TEMPORAL_PORTS.to)
  );
}

/**
 * Reads a URL with the one parser that also names the socket's host: what is judged is what is called.
 * @throws UserError `egress_url_invalid`, `egress_scheme`, `egress_url_credentials`
 */
export function parseTarget(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null)
    throw refused(
      'egress_url_invalid',
      `"${text.slice(0, 200)}" is not a URL`,
      'Write an absolute address such as https://api.example.com/items.',
    );
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('egress_scheme', `"${url.protocol}" addresses cannot be called`, 'Use http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw refused(
      'egress_url_credentials',
      'the address contains a user name or password',
      'Send them in an Authorization header instead.',
    );
  return url;
}

/**
 * Judges what can be judged before a socket is opened: port and literal address. Names are judged when they are resolved.
 * @returns whether the admin listed this very target
 * @throws UserError `egress_port`, `egress_private_address`
 */
export function checkTarget(url: URL, allow: AllowList): boolean {
  if (allow.lists(url)) return true;
  const port = portOf(url);
  if (isClosedPort(port)) {
    throw refused(
      'egress_port',
      `port ${port} of ${url.hostname} is closed to workflows`,
      `HTTP rarely lives there. If it is meant, an admin adds ${url.hostname}:${port} to MILLWRIGHT_EGRESS_ALLOW.`,
    );
  }
  const literal = literalAddress(url.hostname);
  if (literal !== null) checkAddress(url.hostname, literal, allow);
  return false;
}

/**
 * Judges one address that a host stands for.
 * @throws UserError `egress_private_address` naming host and address
 */
export function checkAddress(host: string, address: string, allow: AllowList): void {
  const range = refusalOf(address);
  if (range !== null && !allow.covers(address)) throw privateAddress(host.replace(/^\[|\]$/g, ''), address, range);
}

/**
 * Lower-cases header names and refuses what belongs to the socket.
 * @throws UserError `egress_header`
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (REFUSED_HEADERS.has(lower))
      throw refused('egress_header', `the header "${name}" cannot be set`, 'Leave it out; it follows from the address and the body.');
    if (/[\r\n\0]/.test(value))
      throw refused('egress_header', `the header "${name}" contains a line break`, 'Write its value on one line.');
    checked[lower] = value;
  }
  return checked;
}

/**
 * Upper-cases a method.
 * @throws UserError `egress_method`
 */
export function checkMethod(method: string): string {
  const upper = method.toUpperCase();
  if (!/^[A-Z]{1,20}$/.test(upper) || upper === 'CONNECT' || upper === 'TRACE')
    throw refused(
      'egress_method',
      `"${method.slice(0, 30)}" is no method that can be sent`,
      'Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.',
    );
  return upper;
}
