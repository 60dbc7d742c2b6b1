import type { JsonValue } from '@millwright/core';
import type { OperationEntry } from '@millwright/openapi';

/** A request as the egress gets it. */
export interface MockRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | null;
  /** Like the egress', and not used: answers come at once. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/** An answer as the egress gives it. */
export interface MockResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly url: string;
}

/** What tests hand to those who send requests; has the shape of the egress. */
export interface MockPort {
  readonly request: (request: MockRequest) => Promise<MockResponse>;
}

/** What is wrong with a request. `contract_schema` is the description's fault: nobody can say whether the request is right. */
export type RefusalCode =
  | 'contract_server'
  | 'contract_path'
  | 'contract_method'
  | 'contract_security'
  | 'contract_parameter'
  | 'contract_content_type'
  | 'contract_body'
  | 'contract_schema'
  | 'contract_scenario';

/** One thing that is wrong, at its place. */
export interface Fault {
  /** `query.limit`, `header.x-id`, `body/items/0/price`. */
  readonly at: string;
  readonly message: string;
}

/** Why a request was refused. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly status: number;
  readonly faults: readonly Fault[];
}

/** What a request says, decoded by the description's rules. */
export interface DecodedRequest {
  readonly path: Readonly<Record<string, JsonValue>>;
  readonly query: Readonly<Record<string, JsonValue>>;
  readonly header: Readonly<Record<string, JsonValue>>;
  readonly cookie: Readonly<Record<string, JsonValue>>;
  /** Undefined without a body. */
  readonly body: JsonValue | undefined;
}

/** A request with its parts taken apart, before the description is asked. */
export interface ReceivedRequest {
  /** Upper case. */
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that came, and what became of it. */
export interface MockCall {
  readonly request: ReceivedRequest;
  /** Null where no operation has that path and method. */
  readonly operation: OperationEntry | null;
  readonly decoded: DecodedRequest | null;
  /** Null where the request was accepted. */
  readonly refusal: Refusal | null;
  readonly response: MockResponse;
}

/** Takes a request apart. */
export function receive(request: MockRequest): ReceivedRequest {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const { body } = request;
  return {
    method: request.method.toUpperCase(),
    url: new URL(request.url),
    headers: Object.fromEntries(headers),
    body: typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array()),
  };
}
