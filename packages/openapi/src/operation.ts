import type { JsonObject, JsonValue } from '@millwright/core';

/** HTTP methods that a path of a description may have. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Where a parameter is written. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** How a value that is no single word is written. */
export type ParameterStyle = 'simple' | 'form' | 'label' | 'matrix' | 'spaceDelimited' | 'pipeDelimited' | 'tabDelimited' | 'deepObject';

/** One parameter, references followed, defaults written out. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly description: string;
  readonly deprecated: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** As written in the description: references inside are not followed. */
  readonly schema: JsonValue;
  /** Set where the value is written as this media type: JSON in a header. */
  readonly mediaType: string | null;
  readonly example: JsonValue | undefined;
}

/** How one field of a form is written. */
export interface FieldEncoding {
  readonly contentType: string | null;
  readonly style: ParameterStyle | null;
  readonly explode: boolean | null;
}

/** One media type of a body or an answer. */
export interface MediaType {
  /** Null where nothing is said: anything goes. */
  readonly schema: JsonValue | null;
  readonly encoding: Readonly<Record<string, FieldEncoding>>;
  readonly example: JsonValue | undefined;
}

/** What an operation is sent. */
export interface RequestBody {
  readonly required: boolean;
  readonly description: string;
  readonly content: Readonly<Record<string, MediaType>>;
}

/** What an operation answers. */
export interface OperationAnswer {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: Readonly<Record<string, JsonObject>>;
  readonly content: Readonly<Record<string, MediaType>>;
}

/** Schemes that are needed together, with their scopes; a list of these is a choice. */
export type SecurityChoice = Readonly<Record<string, readonly string[]>>;

/** A line of the list of operations. */
export interface OperationEntry {
  /** Upper case. */
  readonly method: string;
  /** As written, with `{names}`. */
  readonly path: string;
  /** `operationId`, or null where the vendor gave none. */
  readonly id: string | null;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** One operation in the inner form: version 3, whatever it was written in. */
export interface Operation extends OperationEntry {
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | null;
  readonly answers: readonly OperationAnswer[];
  /** Empty list: nothing is needed. */
  readonly security: readonly SecurityChoice[];
  readonly servers: readonly Server[];
}

/** Where an API is served. */
export interface Server {
  /** With `{names}`; may be relative. */
  readonly url: string;
  readonly variables: Readonly<Record<string, ServerVariable>>;
}

/** A part of a server's address that differs by customer. */
export interface ServerVariable {
  readonly default: string;
  readonly values: readonly string[];
  readonly description: string;
}

/** How to authenticate, in the words of version 3. */
export interface SecurityScheme {
  readonly name: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  readonly description: string;
  /** `apiKey`: where and under which name. */
  readonly in: 'query' | 'header' | 'cookie' | null;
  readonly parameterName: string | null;
  /** `http`: lower case, `basic`, `bearer`, `digest`. */
  readonly scheme: string | null;
  /** `oauth2`: flow name (version 3's words) → addresses and scopes. */
  readonly flows: Readonly<Record<string, OAuthFlow>>;
  /** `openIdConnect`. */
  readonly openIdConnectUrl: string | null;
}

/** One way to get a token. */
export interface OAuthFlow {
  readonly authorizationUrl: string | null;
  readonly tokenUrl: string | null;
  readonly refreshUrl: string | null;
  /** Scope → what it allows. */
  readonly scopes: Readonly<Record<string, string>>;
}
