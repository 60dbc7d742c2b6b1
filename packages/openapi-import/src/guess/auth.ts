import {
  apiKey,
  basic,
  bearer,
  clientCredentials,
  digest,
  mtls,
  none,
  oauth2,
  sigV4,
  type AuthSpec,
  type CredentialField,
} from '@millwright/node-sdk';
import { securitySchemes, type Description, type OAuthFlow, type Operation, type SecurityScheme } from '@millwright/openapi';
import { camelOf, freeName, labelOf, wordsOf } from '../words.ts';

/** Ways to sign in, with the scheme that each was made from. */
export interface GuessedAuth {
  readonly auth: Readonly<Record<string, AuthSpec>>;
  /** Name of the scheme → names of ways to sign in. */
  readonly byScheme: ReadonlyMap<string, readonly string[]>;
  readonly notes: readonly string[];
}

/** What is known beside the schemes. */
export interface AuthSetting {
  readonly baseUrl: string;
  /** What the base address needs to know. */
  readonly fields: readonly CredentialField[];
}

function absolute(url: string | null, { baseUrl }: AuthSetting): string | null {
  if (url === null || url === '') return null;
  const found = URL.parse(url, URL.canParse(baseUrl) ? baseUrl : undefined);
  return found?.protocol === 'https:' ? found.href : null;
}

function fromFlow(name: string, flow: OAuthFlow, setting: AuthSetting): AuthSpec | null {
  const tokenUrl = absolute(flow.tokenUrl, setting);
  const scopes = Object.keys(flow.scopes);
  const { fields } = setting;
  if (name === 'clientCredentials' && tokenUrl !== null) return clientCredentials({ tokenUrl, scopes, fields });
  const authorizeUrl = absolute(flow.authorizationUrl, setting);
  if (name !== 'authorizationCode' || tokenUrl === null || authorizeUrl === null) return null;
  const refreshUrl = absolute(flow.refreshUrl, setting);
  return oauth2({ authorizeUrl, tokenUrl, scopes, fields, ...(refreshUrl === null || refreshUrl === tokenUrl ? {} : { refreshUrl }) });
}

function isAws({ baseUrl }: AuthSetting): string | null {
  return /^https:\/\/([a-z0-9-]+)\.([^/]*\.)?amazonaws\.com/.exec(baseUrl)?.[1] ?? null;
}

function fromKey(scheme: SecurityScheme, setting: AuthSetting): AuthSpec {
  const service = isAws(setting);
  const name = scheme.parameterName ?? 'Authorization';
  const { fields } = setting;
  if (service !== null && name.toLowerCase() === 'authorization') return sigV4({ service, fields: setting.fields });
  const prefix = /\b(Bearer|Token|GenieKey|SSWS|Klaviyo-API-Key|Bot|key) ?[{<[(\w]/.exec(scheme.description)?.[1];
  if (name.toLowerCase() === 'authorization')
    return bearer({ fields, ...(prefix === undefined || prefix === 'Bearer' ? {} : { scheme: prefix }) });
  return apiKey({ in: scheme.in ?? 'header', name, fields });
}

/** One scheme: the ways that it describes; empty where none can be made of it. */
function fromScheme(scheme: SecurityScheme, setting: AuthSetting): readonly AuthSpec[] {
  const { fields } = setting;
  switch (scheme.type) {
    case 'apiKey':
      return [fromKey(scheme, setting)];
    case 'http':
      if (scheme.scheme === 'basic') return [basic({ fields })];
      if (scheme.scheme === 'digest') return [digest({ fields })];
      return scheme.scheme === 'bearer' || scheme.scheme === null ? [bearer({ fields })] : [bearer({ scheme: scheme.scheme, fields })];
    case 'oauth2': {
      const flows = Object.entries(scheme.flows).flatMap(([name, flow]) => fromFlow(name, flow, setting) ?? []);
      return flows.length > 0 ? flows : [bearer({ fields })];
    }
    case 'openIdConnect':
      return [bearer({ fields })];
    case 'mutualTLS':
      return [mtls({ fields })];
  }
}

/** How to sign in, from the security schemes. */
export function guessAuth(description: Description, setting: AuthSetting): GuessedAuth {
  const auth: Record<string, AuthSpec> = {};
  const byScheme = new Map<string, readonly string[]>();
  const notes: string[] = [];
  for (const scheme of securitySchemes(description)) {
    const names = fromScheme(scheme, setting).map((spec) => {
      const same = Object.entries(auth).find(([, other]) => JSON.stringify(other) === JSON.stringify(spec));
      if (same) return same[0];
      const name = freeName(camelOf(wordsOf(scheme.name)) || spec.kind, (taken) => taken in auth);
      auth[name] = spec;
      return name;
    });
    byScheme.set(scheme.name, names);
    if (scheme.type === 'openIdConnect')
      notes.push(`"${scheme.name}" names an OpenID provider: enter an access token, or write its addresses in the overlay`);
    if (scheme.type === 'oauth2' && names.every((name) => auth[name]?.kind === 'bearer'))
      notes.push(`"${scheme.name}" has no flow that a server can use: enter an access token`);
  }
  if (Object.keys(auth).length > 0) return { auth, byScheme, notes };
  notes.push('the description does not say how to sign in: choose a way in the overlay, or keep it open');
  return { auth: { open: none() }, byScheme, notes };
}

/** Ways to sign in that work for an operation; null where all do. Schemes that are needed together count when the first of them is known. */
export function authOf(operation: Operation, { byScheme, auth }: GuessedAuth): readonly string[] | null {
  const names = operation.security.flatMap((choice) => {
    const schemes = Object.keys(choice);
    return schemes.length === 0 ? [] : (byScheme.get(schemes[0] ?? '') ?? []);
  });
  const unique = [...new Set(names)];
  return unique.length === 0 || unique.length === Object.keys(auth).length ? null : unique;
}

/** Parameters that are the secret itself: the runtime adds it. */
export function secretNames(description: Description): ReadonlySet<string> {
  return new Set(
    securitySchemes(description).flatMap(({ type, parameterName }) =>
      type === 'apiKey' && parameterName !== null ? [parameterName.toLowerCase()] : [],
    ),
  );
}

/** What a person sees when two schemes are needed at once and only one can be sent. */
export function togetherNote(operation: Operation): string | null {
  const isAlone = operation.security.length === 0 || operation.security.some((choice) => Object.keys(choice).length <= 1);
  return isAlone
    ? null
    : `${labelOf(operation.method)} ${operation.path} needs several secrets at once (${Object.keys(operation.security[0] ?? {}).join(' and ')}): only the first is sent`;
}
