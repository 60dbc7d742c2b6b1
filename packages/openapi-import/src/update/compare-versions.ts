import { canonicalJson, isJsonObject, type JsonValue } from '@millwright/core';
import { methodAndPath } from '@millwright/node-sdk';
import { hostPattern } from '../guess/base-url.ts';
import type { ImportedAction, ImportedConnector } from '../imported.ts';
import { behaviourOf, differingParts, schemaWithoutWords, type BehaviourPart } from './behaviour.ts';

/** What differs in a step, to be said in words. */
export type StepChange =
  | { readonly kind: 'fieldAdded' | 'fieldRemoved' | 'fieldChanged' | 'fieldNeeded' | 'fieldOptional'; readonly name: string }
  | { readonly kind: Exclude<BehaviourPart, 'input'> };

/** What became of one operation. */
export interface OperationChange {
  /** `GET /invoices`. */
  readonly operation: string;
  readonly title: string;
  /** `same`: steps stay as they are; at most their texts are others. */
  readonly kind: 'added' | 'changed' | 'removed' | 'same';
  /** Where changed: what is different; empty where the step is another one altogether. */
  readonly what: readonly StepChange[];
  /** A host of its own that the connector did not have. Absent: it needs none but that of the connector. */
  readonly newHost?: string;
}

/** What differs between two versions of a connector. */
export interface ConnectorChanges {
  /** Those of the newer version, then those that it has no more. */
  readonly operations: readonly OperationChange[];
  readonly hostsAdded: readonly string[];
  readonly hostsRemoved: readonly string[];
  /** Labels of ways to sign in. */
  readonly signInAdded: readonly string[];
  readonly signInRemoved: readonly string[];
  /** Texts or samples of steps that do the same differ. */
  readonly isReworded: boolean;
}

type Properties = Readonly<Record<string, JsonValue>>;

function propertiesOf({ input }: ImportedAction): Properties {
  const { properties } = input;
  return isJsonObject(properties) ? properties : {};
}

function neededOf({ input }: ImportedAction): ReadonlySet<string> {
  const { required } = input;
  return new Set(Array.isArray(required) ? (required as readonly JsonValue[]).map(String) : []);
}

function titleOf(name: string, properties: Properties): string {
  const schema = properties[name];
  const title = isJsonObject(schema) ? schema['title'] : undefined;
  return typeof title === 'string' && title !== '' ? title : name;
}

function fieldChanges(before: ImportedAction, after: ImportedAction): readonly StepChange[] {
  const [old, fresh] = [propertiesOf(before), propertiesOf(after)];
  const [wasNeeded, isNeeded] = [neededOf(before), neededOf(after)];
  const asSchema = (schema: JsonValue | undefined): string => canonicalJson(schemaWithoutWords(schema ?? null));
  const kept = Object.keys(fresh).flatMap((name): readonly StepChange[] => {
    const shown = titleOf(name, fresh);
    const need = isNeeded.has(name) ? 'fieldNeeded' : 'fieldOptional';
    if (!Object.hasOwn(old, name))
      return [{ kind: 'fieldAdded', name: shown }, ...(isNeeded.has(name) ? [{ kind: need, name: shown } as const] : [])];
    return [
      ...(asSchema(old[name]) === asSchema(fresh[name]) ? [] : [{ kind: 'fieldChanged', name: shown } as const]),
      ...(wasNeeded.has(name) === isNeeded.has(name) ? [] : [{ kind: need, name: shown } as const]),
    ];
  });
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(fresh, name));
  return [...kept, ...gone.map((name): StepChange => ({ kind: 'fieldRemoved', name: titleOf(name, old) }))];
}

function stepChanges(
  [before, had]: readonly [ImportedConnector, ImportedAction],
  [after, has]: readonly [ImportedConnector, ImportedAction],
): readonly StepChange[] {
  const parts = differingParts(behaviourOf(before, had), behaviourOf(after, has));
  const fields = parts.includes('input') ? fieldChanges(had, has) : [];
  return parts.flatMap((part): readonly StepChange[] => {
    if (part === 'input') return fields;
    // Another field is written into the request: that says nothing more.
    return part === 'request' && fields.length > 0 ? [] : [{ kind: part }];
  });
}

function operationChanges(before: ImportedConnector, after: ImportedConnector): readonly OperationChange[] {
  const old = new Map(Object.entries(before.actions).map(([key, action]) => [action.operation, { key, action }]));
  const fresh = Object.entries(after.actions).map(([key, action]): OperationChange => {
    const host = hostPattern(methodAndPath(action.request).path);
    const named = {
      operation: action.operation,
      title: action.title,
      ...(host === null || before.hosts.includes(host) ? {} : { newHost: host }),
    };
    const had = old.get(action.operation);
    if (had === undefined) return { ...named, kind: 'added', what: [] };
    if (had.key === key && had.action.version === action.version) return { ...named, kind: 'same', what: [] };
    return { ...named, kind: 'changed', what: had.key === key ? stepChanges([before, had.action], [after, action]) : [] };
  });
  const still = new Set(fresh.map(({ operation }) => operation));
  const gone = Object.values(before.actions).filter(({ operation }) => !still.has(operation));
  return [...fresh, ...gone.map(({ operation, title }): OperationChange => ({ operation, title, kind: 'removed', what: [] }))];
}

function missingIn(some: readonly string[], others: readonly string[]): readonly string[] {
  return some.filter((one) => !others.includes(one));
}

function asText(action: ImportedAction | undefined): string {
  return canonicalJson(JSON.parse(JSON.stringify(action ?? null)) as JsonValue);
}

/** What the next version of a connector would change, as people are told. @param after of `asNewVersion` */
export function compareVersions(before: ImportedConnector, after: ImportedConnector): ConnectorChanges {
  const [oldAuth, newAuth] = [before, after].map(({ auth }) => Object.entries(auth).filter(([, { kind }]) => kind !== 'none'));
  const labels = (some: typeof oldAuth = [], others: typeof oldAuth = []): readonly string[] =>
    some.filter(([name]) => !others.some(([other]) => other === name)).map(([, { label }]) => label);
  return {
    operations: operationChanges(before, after),
    hostsAdded: missingIn(after.hosts, before.hosts),
    hostsRemoved: missingIn(before.hosts, after.hosts),
    signInAdded: labels(newAuth, oldAuth),
    signInRemoved: labels(oldAuth, newAuth),
    isReworded: Object.entries(after.actions).some(([key, action]) => {
      const had = before.actions[key];
      return had?.version === action.version && asText(had) !== asText(action);
    }),
  };
}
