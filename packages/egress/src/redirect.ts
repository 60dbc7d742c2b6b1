import { overLimit } from './errors.ts';
import { parseTarget } from './request-check.ts';

/** One hop: what is sent where. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** Headers that say nothing secret and may follow to another origin. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);

/** Whether an answer asks to go elsewhere. */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * The next hop, as the Fetch standard has it (301, 302 turn POST into GET; 303 anything but GET and HEAD), but stricter:
 * no way from https to http, and to another origin only harmless headers go (no keys, cookies, credentials).
 * @throws ConnectorError `egress_redirect_downgrade`, UserError when the target is no http(s) URL
 */
export function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = parseTarget(location, hop.url);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw overLimit(
      'egress_redirect_downgrade',
      `${hop.url.hostname} redirects from https to http`,
      'Call the final address directly, by https.',
    );
  }
  const toGet =
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD') || ((status === 301 || status === 302) && hop.method === 'POST');
  const sameOrigin = url.origin === hop.url.origin;
  const headers = Object.fromEntries(
    Object.entries(hop.headers).filter(([name]) => (sameOrigin || HARMLESS.has(name)) && !(toGet && name.startsWith('content-'))),
  );
  return { method: toGet ? 'GET' : hop.method, url, headers, body: toGet ? null : hop.body };
}
