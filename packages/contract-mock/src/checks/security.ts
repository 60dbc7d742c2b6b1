import type { Operation, SecurityScheme } from '@millwright/openapi';
import type { Fault, ReceivedRequest } from '../exchange.ts';

function authorization(request: ReceivedRequest): { readonly scheme: string; readonly rest: string } {
  const [scheme = '', ...rest] = (request.headers['authorization'] ?? '').trim().split(/\s+/);
  return { scheme: scheme.toLowerCase(), rest: rest.join(' ') };
}

/** The cookies of a request. */
export function cookiesOf(request: ReceivedRequest): readonly (readonly [string, string])[] {
  const pairs = (request.headers['cookie'] ?? '').split(/;\s*/).filter((pair) => pair !== '');
  return pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1)] as const);
}

function hasKey(scheme: SecurityScheme, request: ReceivedRequest): boolean {
  const name = scheme.parameterName ?? '';
  if (scheme.in === 'query') return (request.url.searchParams.get(name) ?? '') !== '';
  if (scheme.in === 'cookie') return cookiesOf(request).some(([cookie, value]) => cookie === name && value !== '');
  return (request.headers[name.toLowerCase()] ?? '') !== '';
}

function hasHttp(scheme: SecurityScheme, request: ReceivedRequest): boolean {
  const { scheme: sent, rest } = authorization(request);
  if (sent !== scheme.scheme || rest === '') return false;
  return scheme.scheme !== 'basic' || Buffer.from(rest, 'base64').toString('utf8').includes(':');
}

function isPresent(scheme: SecurityScheme, request: ReceivedRequest): boolean {
  switch (scheme.type) {
    case 'apiKey':
      return hasKey(scheme, request);
    case 'http':
      return hasHttp(scheme, request);
    case 'oauth2':
    case 'openIdConnect': {
      const { scheme: sent, rest } = authorization(request);
      return sent === 'bearer' && rest !== '';
    }
    case 'mutualTLS':
      return true;
  }
}

function wants(scheme: SecurityScheme): string {
  if (scheme.type === 'apiKey') return `${scheme.in ?? 'header'} "${scheme.parameterName ?? ''}"`;
  return scheme.type === 'http' ? `Authorization: ${scheme.scheme ?? ''}` : 'Authorization: Bearer';
}

/** What is missing to authenticate; whether it is valid is nobody's question here. */
export function checkSecurity(
  operation: Operation,
  schemes: ReadonlyMap<string, SecurityScheme>,
  { request, alsoBearer }: { readonly request: ReceivedRequest; readonly alsoBearer: boolean },
): readonly Fault[] {
  if (operation.security.length === 0) return [];
  if (alsoBearer && authorization(request).scheme === 'bearer') return [];
  const isMet = operation.security.some((choice) =>
    Object.keys(choice).every((name) => {
      const scheme = schemes.get(name);
      return scheme !== undefined && isPresent(scheme, request);
    }),
  );
  if (isMet) return [];
  const choices = operation.security.map((choice) =>
    Object.keys(choice)
      .map((name) => {
        const scheme = schemes.get(name);
        return scheme === undefined ? `"${name}", which is not described` : wants(scheme);
      })
      .join(' and '),
  );
  return [{ at: 'security', message: `none of these was sent: ${choices.join('; ')}` }];
}
