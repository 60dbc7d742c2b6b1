import { SECRET_HEADERS, type CurlCredential, type CurlPair, type CurlRequest } from './read-curl.ts';

/** A secret that stood in a command. */
export type CurlSecret = CurlCredential | { readonly kind: 'query'; readonly name: string; readonly value: string };

/** A request that may be kept where others read it, and the secrets that stood in it. */
export interface WithoutSecrets {
  readonly request: CurlRequest;
  /** The one that signs comes first. */
  readonly secrets: readonly CurlSecret[];
}

const SIGN_IN = /^(proxy-)?authorization$|^cookie$/i;
const SECRET_QUERY = /^(api[-_]?key|key|(access|auth|api|refresh)?[-_]?token|(client[-_]?)?secret|passw(or)?d|sig(nature)?)$/i;

function isSecretHeader({ name }: CurlPair): boolean {
  return SIGN_IN.test(name) || SECRET_HEADERS.test(name);
}

function isCookie({ name }: CurlPair): boolean {
  return name.toLowerCase() === 'cookie';
}

/** Takes everything out of a request that is known to be secret: of several, only one can sign, but none may stay. */
export function takeSecrets(request: CurlRequest): WithoutSecrets {
  const headers = request.headers.filter(isSecretHeader);
  const query = request.query.filter(({ name, value }) => value !== '' && SECRET_QUERY.test(name));
  const asSecret =
    (kind: 'header' | 'query') =>
    ({ name, value }: CurlPair): CurlSecret => ({ kind, name, value });
  const keys = headers.filter((header) => !isCookie(header)).map(asSecret('header'));
  const cookies = headers.filter(isCookie).map(asSecret('header'));
  return {
    request: {
      ...request,
      credential: null,
      headers: request.headers.filter((header) => !isSecretHeader(header)),
      query: request.query.filter((pair) => !query.includes(pair)),
    },
    secrets: [...(request.credential === null ? [] : [request.credential]), ...keys, ...query.map(asSecret('query')), ...cookies],
  };
}
