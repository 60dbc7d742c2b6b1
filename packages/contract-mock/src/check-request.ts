import { InvariantError, UserError } from '@millwright/core';
import {
  readOperation,
  securitySchemes,
  type Description,
  type Operation,
  type OperationEntry,
  type Parameter,
  type SecurityScheme,
} from '@millwright/openapi';
import { checkBody } from './checks/body.ts';
import { checkParameters } from './checks/parameters.ts';
import { checkSecurity } from './checks/security.ts';
import type { DecodedRequest, Fault, ReceivedRequest, Refusal, RefusalCode } from './exchange.ts';
import { PathTable, type PathMatch } from './match-path.ts';
import { SchemaChecks, SchemaFault } from './schema-check.ts';
import { ServerTable } from './servers.ts';

/** How strict a description is taken. */
export interface CheckOptions {
  /** Query names and body fields that are not described are refused. */
  readonly isStrict: boolean;
  /** A bearer token counts as authentication whatever the description says. */
  readonly alsoBearer: boolean;
  /** Where requests go instead of the described servers; null keeps those. */
  readonly baseUrl: string | null;
  /** Path parameters that may hold slashes. */
  readonly spanning: ReadonlySet<string>;
}

/** What came of a check. */
export interface CheckResult {
  readonly entry: OperationEntry | null;
  readonly operation: Operation | null;
  readonly decoded: DecodedRequest | null;
  readonly refusal: Refusal | null;
}

/** Parameters by which old ways hand the secret over: not needed where it came in the header that the description names. */
const SECRET = /^(token|access_token|api_?key|auth_token)$/i;

const STATUS: Readonly<Record<RefusalCode, number>> = {
  contract_server: 404,
  contract_path: 404,
  contract_method: 405,
  contract_security: 401,
  contract_parameter: 400,
  contract_content_type: 415,
  contract_body: 422,
  contract_schema: 500,
  contract_scenario: 400,
};

function refuse(code: RefusalCode, faults: readonly Fault[]): Refusal {
  return { code, status: STATUS[code], faults };
}

/** Judges requests by one description. */
export class RequestCheck {
  readonly #description: Description;
  readonly #options: CheckOptions;
  readonly #paths: PathTable;
  readonly #checks: SchemaChecks;
  readonly #schemes: ReadonlyMap<string, SecurityScheme>;
  readonly #operations = new Map<OperationEntry, Operation>();
  readonly #servers: ServerTable;

  constructor(description: Description, entries: readonly OperationEntry[], options: CheckOptions) {
    this.#description = description;
    this.#options = options;
    this.#paths = new PathTable(entries, options.spanning);
    this.#servers = new ServerTable(description, options.baseUrl);
    this.#checks = new SchemaChecks(description, options.isStrict);
    this.#schemes = new Map(securitySchemes(description).map((scheme) => [scheme.name, scheme]));
  }

  /** An operation in full; read once. */
  operation(entry: OperationEntry): Operation {
    const known = this.#operations.get(entry) ?? readOperation(this.#description, entry.method, entry.path);
    this.#operations.set(entry, known);
    return known;
  }

  /** What a request is, and what is wrong with it. Several operations of one path and method: the one that fits best counts. */
  check(request: ReceivedRequest): CheckResult {
    try {
      return this.#best(request);
    } catch (thrown) {
      // An operation that cannot be read, for a reference that points at nothing: nobody can say whether the request is right.
      if (!(thrown instanceof UserError)) throw thrown;
      return {
        entry: null,
        operation: null,
        decoded: null,
        refusal: refuse('contract_schema', [{ at: 'operation', message: thrown.message }]),
      };
    }
  }

  #best(request: ReceivedRequest): CheckResult {
    const candidates = this.#candidates(request);
    const ofMethod = candidates.filter(({ entry }) => entry.method === request.method);
    if (ofMethod.length === 0)
      return this.#noOperation(
        request,
        candidates.map(({ entry }) => entry.method),
      );
    const results = ofMethod.map((match) => this.#checkOperation(match, request));
    const best = results.toSorted((left, right) => (left.refusal?.faults.length ?? 0) - (right.refusal?.faults.length ?? 0))[0];
    if (best === undefined) throw new InvariantError({ code: 'no_candidate', message: 'a candidate gave no result' });
    return best;
  }

  /** Each operation's own servers count, so paths are looked for below every base path that occurs. */
  #candidates(request: ReceivedRequest): readonly PathMatch[] {
    const seen = new Map<OperationEntry, PathMatch>();
    for (const { below, serves } of this.#servers.read(request.url))
      for (const match of this.#paths.find(below))
        if (!seen.has(match.entry) && serves(this.operation(match.entry).servers)) seen.set(match.entry, match);
    return [...seen.values()];
  }

  #noOperation(request: ReceivedRequest, methods: readonly string[]): CheckResult {
    const none = { entry: null, operation: null, decoded: null };
    if (methods.length > 0)
      return {
        ...none,
        refusal: refuse('contract_method', [{ at: 'method', message: `${request.method} is none of ${[...new Set(methods)].join(', ')}` }]),
      };
    const isServed = this.#servers.read(request.url).length > 0;
    const code = isServed ? 'contract_path' : 'contract_server';
    const message = isServed
      ? `no path of the description has the shape of ${request.url.pathname}`
      : `${request.url.origin}${request.url.pathname} is below none of the described servers`;
    return { ...none, refusal: refuse(code, [{ at: 'path', message }]) };
  }

  #checkOperation(match: PathMatch, request: ReceivedRequest): CheckResult {
    const operation = this.operation(match.entry);
    const common = { entry: match.entry, operation, decoded: null };
    try {
      const security = checkSecurity(operation, this.#schemes, { request, alsoBearer: this.#options.alsoBearer });
      if (security.length > 0) return { ...common, refusal: refuse('contract_security', security) };
      const keyNames = new Set(
        [...this.#schemes.values()].flatMap(({ type, parameterName }) =>
          type === 'apiKey' && parameterName !== null ? [parameterName] : [],
        ),
      );
      const isSpared = ({ name, in: place }: Parameter): boolean =>
        place !== 'path' &&
        (keyNames.has(name) || (SECRET.test(name) && operation.security.length > 0 && request.headers['authorization'] !== undefined));
      const parameters = checkParameters(operation, this.#checks, {
        request,
        path: match.values,
        keyNames,
        isStrict: this.#options.isStrict,
        isSpared,
      });
      const body = checkBody(operation, this.#checks, request);
      const decoded = { ...parameters.values, body: body.value };
      if (parameters.faults.length > 0)
        return { ...common, decoded, refusal: refuse('contract_parameter', [...parameters.faults, ...body.faults]) };
      return { ...common, decoded, refusal: body.faults.length > 0 ? refuse(body.code, body.faults) : null };
    } catch (thrown) {
      if (!(thrown instanceof SchemaFault)) throw thrown;
      return { ...common, refusal: refuse('contract_schema', [{ at: thrown.at, message: thrown.message }]) };
    }
  }
}
