import { allServers, type Description, type Server } from '@millwright/openapi';

/** An address read as one below a server. */
export interface BelowServer {
  /** The rest of the path, encoded, with its slash. */
  readonly below: string;
  /** Whether it is below one of an operation's servers. */
  readonly serves: (servers: readonly Server[]) => boolean;
}

const ANYWHERE: Server = { url: '/', variables: {} };

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A server's address as an expression: its variables hold any word. A relative one is of any host. */
function serverExpression(server: Server): RegExp {
  const url = server.url.replace(/\/+$/, '');
  const source = url
    .split(/\{[^{}]+\}/)
    .map(escape)
    .join('[^/]*')
    // Addresses leave out the port that everybody expects.
    .replace(/:(\[\^\/\]\*|443|80)(?=\/|$)/, '(?::$1)?');
  if (url.startsWith('//')) return new RegExp(`^https?:${source}(?=/|$)`, 'i');
  if (/^\w+:\/\//.test(url)) return new RegExp(`^${source.replace(/^http:/i, 'https?:')}(?=/|$)`, 'i');
  // A variable may stand for the whole origin.
  if (url.startsWith('{')) return new RegExp(`^[a-z]+://[^/]+${source.slice('[^/]*'.length)}(?=/|$)`, 'i');
  return new RegExp(`^[a-z]+://[^/]+${url.startsWith('/') || url === '' ? source : `/${source}`}(?=/|$)`, 'i');
}

/** Reads addresses as ones of an API. */
export class ServerTable {
  readonly #expressions = new Map<string, RegExp>();
  readonly #servers: readonly Server[];
  readonly #isReplaced: boolean;

  /** @param baseUrl in place of all servers; null keeps them */
  constructor(description: Description, baseUrl: string | null) {
    const described = allServers(description);
    this.#isReplaced = baseUrl !== null;
    this.#servers = baseUrl === null ? (described.length === 0 ? [ANYWHERE] : described) : [{ url: baseUrl, variables: {} }];
  }

  #rest(server: Server, address: string): string | null {
    const expression = this.#expressions.get(server.url) ?? serverExpression(server);
    this.#expressions.set(server.url, expression);
    const match = expression.exec(address);
    if (!match) return null;
    const rest = address.slice(match[0].length);
    return rest === '' ? '/' : rest;
  }

  /** The ways to read an address: below which servers, and what then is the path. */
  read(address: URL): readonly BelowServer[] {
    const text = `${address.origin}${address.pathname}`;
    const found = new Map<string, BelowServer>();
    for (const server of this.#servers) {
      const below = this.#rest(server, text);
      if (below === null) continue;
      const serves = (own: readonly Server[]): boolean =>
        this.#isReplaced || own.length === 0 || own.some((one) => this.#rest(one, text) === below);
      found.set(below, { below, serves });
    }
    return [...found.values()];
  }
}
