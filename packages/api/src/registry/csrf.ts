import type { IncomingHttpHeaders } from 'node:http';
import { UserError } from '@millwright/core';

/** The header that every write carries; a page of another origin cannot set it without asking first. */
const CSRF_HEADER = 'x-millwright-csrf';

/** Whether the page that sent a request is ours: `Origin` names our public URL or the host that was asked. */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, origin: given } = new URL(origin);
  return given === new URL(publicUrl).origin || host === headers.host;
}

/**
 * Refuses a write that another site may have caused.
 * @throws UserError `csrf_refused` (forbidden)
 */
export function requireOwnPage(headers: IncomingHttpHeaders, publicUrl: string): void {
  if (headers[CSRF_HEADER] === '1' && isSameOrigin(headers, publicUrl)) return;
  throw new UserError('forbidden', {
    code: 'csrf_refused',
    message: 'This change was not sent by a page of this server.',
    hint: `Open Millwright at ${publicUrl} and try again. Programs send the header "${CSRF_HEADER}: 1".`,
  });
}
