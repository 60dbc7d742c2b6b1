import type { JsonValue } from '@millwright/core';
import type { NodeDefinition, NodePackage, PackageLocales } from '../definition.ts';
import type { AuthSpec } from './auth.ts';
import type { ConnectorAction } from './connector-action.ts';
import type { CredentialTypeInfo } from './credential-type.ts';
import type { ErrorSpec } from './errors.ts';
import type { LimitSpec, RetrySpec } from './limits.ts';
import type { OptionsSpec } from './option-lists.ts';
import type { PageSpec } from './pages.ts';
import type { RequestTemplate } from './request.ts';
import type { ConnectorTriggerSpec } from './triggers.ts';

/** One address of the install's client app, to which the vendor sends what happens in all of its accounts. English, shown to admins. */
export interface AppEvents {
  /** Where it is entered at the vendor: `Event Subscriptions › Request URL`. */
  readonly place: string;
  /** What the vendor calls the secret that proves deliveries (`client.signingSecret`). Absent: the client secret does (`client.clientSecret`). */
  readonly signingSecret?: string;
}

/** A connector as its author writes it; functions stand in named slots only. */
export interface ConnectorSpec {
  /** Folder below `nodes/`, and the first word of its node types: lower-case letters, digits. */
  readonly key: string;
  readonly title: string;
  /** Semver, of the package. */
  readonly version: string;
  /** `crm`, `payments`, `code`, … for the page of connectors. */
  readonly categories: readonly string[];
  /** Name of a lucide icon, or an inline SVG. Default `plug`. */
  readonly icon?: string;
  /** Absolute, https; may name open fields of a credential: `https://{{auth.subdomain}}.example.com`. */
  readonly baseUrl: string;
  /** Hosts that requests may go to: `api.example.com`, `*.example.com`. Default the one of `baseUrl`. */
  readonly hosts?: readonly string[];
  /** Ways to sign in, by name. */
  readonly auth: Readonly<Record<string, AuthSpec>>;
  /** How a credential is tried out. Null where the service has nothing harmless to ask. */
  readonly test: (RequestTemplate & { readonly show?: string }) | null;
  /** Headers of every request, templates over `auth`. Default none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, LimitSpec | readonly LimitSpec[]>>;
  readonly retry?: Partial<RetrySpec>;
  readonly errors: ErrorSpec;
  readonly pages?: Readonly<Record<string, PageSpec>>;
  readonly options?: Readonly<Record<string, OptionsSpec>>;
  readonly actions: Readonly<Record<string, ConnectorAction>>;
  readonly triggers?: Readonly<Record<string, ConnectorTriggerSpec>>;
  /** Where the vendor is told the one address of triggers whose webhook is of `scope: 'app'`. Absent: there are none. */
  readonly events?: AppEvents;
  /** Plain actions for what is no REST call. Default none. */
  readonly nodes?: readonly NodeDefinition[];
  /** Texts in other languages, by node type. Default none. */
  readonly locales?: PackageLocales;
}

/** A connector after `defineConnector` checked it and filled in what was left out. */
export interface Connector extends ConnectorSpec {
  readonly icon: string;
  readonly hosts: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, LimitSpec | readonly LimitSpec[]>>;
  readonly retry: RetrySpec;
  readonly pages: Readonly<Record<string, PageSpec>>;
  readonly options: Readonly<Record<string, OptionsSpec>>;
  readonly triggers: Readonly<Record<string, ConnectorTriggerSpec>>;
}

/** What a connector's package exports by default. */
export interface ConnectorPackage extends NodePackage {
  readonly connector: Connector;
  readonly credentialTypes: readonly CredentialTypeInfo[];
}

/** One call of an action, with its parameters checked. */
export interface ConnectorCall {
  readonly connector: Connector;
  readonly actionKey: string;
  readonly action: ConnectorAction;
  /** What the input schema gave. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Most items of a list. */
  readonly maxItems: number;
  readonly idempotencyKey: string | null;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** Runs declared actions: given to a node by whoever runs it. */
export interface ConnectorPort {
  /** @returns the data of the items that come out @throws ConnectorError, UserError */
  readonly execute: (call: ConnectorCall) => Promise<readonly JsonValue[]>;
}
