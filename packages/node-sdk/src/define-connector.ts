import { toActionNode } from './connector/action-node.ts';
import type { Connector, ConnectorPackage, ConnectorSpec } from './connector/connector.ts';
import type { CredentialTypeInfo } from './connector/credential-type.ts';
import { header } from './connector/limits.ts';
import { connectorFaults } from './connector/rules/connector-rules.ts';
import { hostsOf } from './connector/rules/references.ts';
import { toTriggerNode } from './connector/trigger-node/trigger-node.ts';
import { defineNodePackage } from './define-package.ts';
import { definitionError } from './load-rules.ts';

function filledIn(spec: ConnectorSpec): Connector {
  return {
    ...spec,
    icon: spec.icon ?? 'plug',
    hosts: hostsOf(spec),
    headers: spec.headers ?? {},
    limits: spec.limits ?? {},
    retry: { on: [429, 500, 502, 503, 504], wait: [header('retry-after')], ...spec.retry },
    pages: spec.pages ?? {},
    options: spec.options ?? {},
    triggers: spec.triggers ?? {},
  };
}

function credentialTypesOf(connector: Connector): readonly CredentialTypeInfo[] {
  const { show, ...request } = connector.test ?? { get: '/' };
  const test = connector.test === null ? null : { request, ...(show === undefined ? {} : { show }) };
  return Object.entries(connector.auth)
    .filter(([, auth]) => auth.kind !== 'none')
    .map(([name, auth]) => ({
      type: `${connector.key}.${name}`,
      connectorKey: connector.key,
      connectorTitle: connector.title,
      title: auth.label,
      auth,
      hosts: auth.hosts ?? connector.hosts,
      baseUrl: connector.baseUrl,
      test,
      errors: connector.errors,
      headers: connector.headers,
      ...(connector.events === undefined ? {} : { appEvents: connector.events }),
    }));
}

/**
 * Declares a connector: a node package whose actions are data.
 * @returns node types for the catalog, kinds of credentials, and the connector itself
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function defineConnector(spec: ConnectorSpec): ConnectorPackage {
  const faults = connectorFaults(spec);
  if (faults.length > 0) throw definitionError(`connector ${spec.key} cannot be loaded`, faults);
  const connector = filledIn(spec);
  const nodes = [
    ...Object.entries(connector.triggers).flatMap(([key, trigger]) => toTriggerNode(connector, key, trigger)),
    ...Object.entries(connector.actions).map(([key, action]) => toActionNode(connector, key, action)),
    ...(spec.nodes ?? []),
  ];
  const credentialTypes = credentialTypesOf(connector);
  const loaded = defineNodePackage({ key: spec.key, title: spec.title, nodes, locales: spec.locales ?? {}, connector, credentialTypes });
  return { ...loaded, connector, credentialTypes };
}
