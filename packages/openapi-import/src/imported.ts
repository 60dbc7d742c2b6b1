import type { JsonObject, JsonValue } from '@millwright/core';
import type { ConnectorActionSpec, ConnectorSpec, OptionsSpec, PageSpec, RequestTemplate, WriteSafety } from '@millwright/node-sdk';

/** An action as data: what `action({ … })` says, with schemas in place of zod. */
export interface ImportedAction extends Pick<ConnectorActionSpec<never, never>, 'title' | 'description'> {
  readonly version: number;
  /** Where it came from: `GET /customers/{id}`. */
  readonly operation: string;
  readonly effect: 'read' | WriteSafety;
  readonly auth?: readonly string[];
  /** JSON Schema with titles and hints, in the words that `zodOf` knows. */
  readonly input: JsonObject;
  readonly request: RequestTemplate;
  readonly pages?: PageSpec;
  readonly output: { readonly schema: JsonObject; readonly sample: JsonValue };
  readonly example: JsonObject;
  /** What was guessed or left out and is worth a look. */
  readonly notes: readonly string[];
}

/** A connector as data, made from a description: stored as JSON, run by `toConnectorSpec`, or printed as a package. */
export interface ImportedConnector extends Pick<
  ConnectorSpec,
  'key' | 'title' | 'version' | 'categories' | 'baseUrl' | 'auth' | 'test' | 'errors'
> {
  readonly hosts: readonly string[];
  readonly options: Readonly<Record<string, OptionsSpec>>;
  readonly actions: Readonly<Record<string, ImportedAction>>;
  readonly notes: readonly string[];
  /** Operations that became no action, each with why. */
  readonly skipped: readonly { readonly operation: string; readonly why: string }[];
}
