import type { AuthSpec } from '../auth.ts';
import type { ConnectorSpec } from '../connector.ts';
import { actionFaults } from './action-rules.ts';
import { hostsOf, requestFaults } from './references.ts';
import { triggerFaults } from './trigger-rules.ts';

const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/;

function isSafeUrl(url: string): boolean {
  return url.startsWith('https://') || url.startsWith('{{auth.') || LOCAL.test(url);
}

/** The addresses that an auth calls. */
function urlsOf(auth: AuthSpec): readonly (readonly [string, string | undefined])[] {
  switch (auth.kind) {
    case 'oauth2':
      return [
        ['authorizeUrl', auth.authorizeUrl],
        ['tokenUrl', auth.tokenUrl],
        ['refreshUrl', auth.refreshUrl],
        ['revokeUrl', auth.revokeUrl],
      ];
    case 'clientCredentials':
      return [['tokenUrl', auth.tokenUrl]];
    case 'deviceCode':
      return [
        ['deviceUrl', auth.deviceUrl],
        ['tokenUrl', auth.tokenUrl],
      ];
    case 'jwt':
      return [['exchange.url', auth.exchange?.url]];
    case 'exchange':
      return [['exchange.url', auth.exchange.url]];
    case 'oauth1':
      return Object.entries(auth.threeLegged ?? {});
    case 'none':
    case 'apiKey':
    case 'basic':
    case 'bearer':
    case 'digest':
    case 'sigV4':
    case 'hmac':
    case 'mtls':
      return [];
  }
}

function authFaults(spec: ConnectorSpec): readonly string[] {
  const faults: string[] = [];
  const kinds = Object.entries(spec.auth);
  if (kinds.length === 0) faults.push('auth is empty: write how to sign in, or { open: none() }');
  for (const [name, auth] of kinds) {
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) faults.push(`auth.${name}: write the name as one word, like 'oauth' or 'token'`);
    for (const [field, url] of urlsOf(auth))
      if (url !== undefined && !isSafeUrl(url)) faults.push(`auth.${name}.${field} "${url}": secrets go there: write an https address`);
  }
  if (spec.test === undefined)
    faults.push("test is missing: write the cheapest request that needs the credential, like { get: '/user' }, or null");
  return faults;
}

function hostFaults(spec: ConnectorSpec): readonly string[] {
  const faults: string[] = [];
  const isOpen = spec.baseUrl.includes('{{auth.');
  if (!isSafeUrl(spec.baseUrl)) faults.push(`baseUrl "${spec.baseUrl}": write an https address`);
  if (spec.baseUrl.endsWith('/')) faults.push(`baseUrl "${spec.baseUrl}" ends with a slash: leave it out, paths begin with one`);
  const hosts = hostsOf(spec);
  if (hosts.length === 0 && !isOpen) faults.push('hosts is empty: list the hosts that requests may go to');
  for (const host of hosts)
    if (!/^(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+$/i.test(host) || host === '*')
      faults.push(`hosts: "${host}" is no name: write 'api.example.com' or '*.example.com', without scheme and port`);
  const base = URL.parse(spec.baseUrl)?.hostname;
  if (
    !isOpen &&
    base !== undefined &&
    spec.hosts !== undefined &&
    !spec.hosts.some((host) => host === base || (host.startsWith('*.') && base.endsWith(host.slice(1))))
  )
    faults.push(`hosts does not list ${base} of baseUrl: add it`);
  return faults;
}

function generalFaults(spec: ConnectorSpec): readonly string[] {
  const faults: string[] = [];
  if (!/^[a-z][a-zA-Z0-9]*$/.test(spec.key))
    faults.push(`key "${spec.key}": write one word of lower-case letters and digits, the folder's name`);
  if (!/^\d+\.\d+\.\d+$/.test(spec.version)) faults.push(`version "${spec.version}": write three numbers, like '1.0.0'`);
  if (spec.categories.length === 0) faults.push("categories is empty: write at least one, like 'crm'");
  if (Object.keys(spec.actions).length === 0 && Object.keys(spec.triggers ?? {}).length === 0)
    faults.push('actions is empty: declare at least one');
  for (const [name, options] of Object.entries(spec.options ?? {})) {
    if (options.pages !== undefined && spec.pages?.[options.pages] === undefined)
      faults.push(`options.${name}.pages "${options.pages}" is not in pages`);
  }
  return faults;
}

/** Everything that is wrong with a connector, each with what to write instead. */
export function connectorFaults(spec: ConnectorSpec): readonly string[] {
  const test = spec.test === null || spec.test === undefined ? [] : requestFaults('test', spec.test, { spec, roots: new Set() });
  return [...generalFaults(spec), ...hostFaults(spec), ...authFaults(spec), ...test, ...actionFaults(spec), ...triggerFaults(spec)];
}
