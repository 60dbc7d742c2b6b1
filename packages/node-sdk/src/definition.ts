import type { JsonObject, JsonValue } from '@millwright/core';
import type { EffectClass, Item, NodeTypeInfo, PortInfo } from '@millwright/workflow';
import type { z } from 'zod';
import type { Connector } from './connector/connector.ts';
import type { CredentialTypeInfo } from './connector/credential-type.ts';
import type { NodeInvocation } from './context.ts';
import type { PollFunctions } from './polls/poll-context.ts';

/** Texts by language, then node type (`core.webhook`), then path (`title`, `parameters.url.title`, `parameters.method.options.GET`). */
export type PackageLocales = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** What people see of a node type; English. */
export interface NodeTexts {
  readonly title: string;
  readonly description: string;
  /** Picker tab: `triggers`, `logic`, `data`, `apps`, `code`, `ai`, `human`. */
  readonly category: string;
  /** Name of a lucide icon, or an inline SVG. */
  readonly icon: string;
  /** Search words beside title and type, all languages. Default none. */
  readonly aliases?: readonly string[];
}

/** A node type that does something, after `defineAction` checked it. */
export interface ActionDefinition {
  readonly kind: 'action' | 'transform';
  readonly info: Omit<NodeTypeInfo, 'locales'>;
  readonly inputSchema: z.ZodObject;
  readonly outputSchema: z.ZodType<JsonValue>;
  /**
   * Checks the parameters, runs, and gives the items per port.
   * @throws UserError `parameter_invalid` when a parameter does not fit its schema
   */
  readonly invoke: (invocation: NodeInvocation) => Promise<Readonly<Record<string, readonly Item[]>>>;
}

/** A node type that starts runs, after `defineTrigger` checked it. */
export interface TriggerDefinition {
  readonly kind: 'trigger';
  readonly info: Omit<NodeTypeInfo, 'locales'>;
  readonly inputSchema: z.ZodObject;
  readonly outputSchema: z.ZodType<JsonValue>;
  /** Asks what is new, where a function of the package does. Absent: events come in another way. */
  readonly polls?: PollFunctions;
}

/** A node type of a package. */
export type NodeDefinition = ActionDefinition | TriggerDefinition;

/** What a node package exports by default. */
export interface NodePackage {
  /** Folder name below `nodes/`, or the npm name: `core-http`. */
  readonly key: string;
  readonly title: string;
  readonly nodes: readonly NodeDefinition[];
  readonly locales: PackageLocales;
  /** What `defineConnector` was given, checked. Absent: the package is no connector. */
  readonly connector?: Connector;
  /** Kinds of credentials that it brings along. Default none. */
  readonly credentialTypes?: readonly CredentialTypeInfo[];
}

/** The one port that a node has unless it says otherwise. */
export const MAIN_PORT: PortInfo = { name: 'main', title: 'Main' };

/** The class of a node by the value of one of its parameters. */
export interface EffectBy {
  readonly parameter: string;
  readonly classes: Readonly<Record<string, EffectClass>>;
  readonly otherwise: EffectClass;
}

/** A definition as one entry of the catalog. */
export function toNodeTypeInfo(definition: NodeDefinition, locales: PackageLocales): NodeTypeInfo {
  const texts: Record<string, Readonly<Record<string, string>>> = {};
  for (const [language, byType] of Object.entries(locales)) {
    const own = byType[definition.info.type];
    if (own !== undefined) texts[language] = own;
  }
  return { ...definition.info, locales: texts };
}

/** The properties of a parameter schema, by name. */
export function parameterProperties(schema: JsonObject): Readonly<Record<string, JsonObject>> {
  const properties = schema['properties'];
  return (typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? properties : {}) as Record<
    string,
    JsonObject
  >;
}
