import { isJsonObject, type JsonValue } from '@millwright/core';
import { objectField, textField, type Description } from './description.ts';
import type { OAuthFlow, SecurityScheme } from './operation.ts';
import { follow } from './references.ts';

const FLOW_NAMES: Readonly<Record<string, string>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
};
const TYPES = new Set(['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS']);

function readFlow(value: JsonValue): OAuthFlow {
  const scopes = Object.entries(objectField(value, 'scopes')).map(([scope, text]) => [scope, typeof text === 'string' ? text : '']);
  return {
    authorizationUrl: textField(value, 'authorizationUrl') ?? null,
    tokenUrl: textField(value, 'tokenUrl') ?? null,
    refreshUrl: textField(value, 'refreshUrl') ?? null,
    scopes: Object.fromEntries(scopes) as Readonly<Record<string, string>>,
  };
}

function readFlows(value: JsonValue): Readonly<Record<string, OAuthFlow>> {
  const swaggerFlow = textField(value, 'flow');
  if (swaggerFlow !== undefined) return { [FLOW_NAMES[swaggerFlow] ?? swaggerFlow]: readFlow(value) };
  const flows = Object.entries(objectField(value, 'flows')).filter(([, flow]) => isJsonObject(flow));
  return Object.fromEntries(flows.map(([name, flow]) => [name, readFlow(flow)]));
}

function readScheme(name: string, value: JsonValue): SecurityScheme | null {
  const written = textField(value, 'type') ?? '';
  const type = written === 'basic' ? 'http' : written;
  if (!TYPES.has(type)) return null;
  const place = textField(value, 'in');
  return {
    name,
    type: type as SecurityScheme['type'],
    description: textField(value, 'description') ?? '',
    in: place === 'query' || place === 'header' || place === 'cookie' ? place : null,
    parameterName: textField(value, 'name') ?? null,
    scheme: written === 'basic' ? 'basic' : (textField(value, 'scheme')?.toLowerCase() ?? null),
    flows: readFlows(value),
    openIdConnectUrl: textField(value, 'openIdConnectUrl') ?? null,
  };
}

/** The ways to authenticate that a description names; unknown kinds are left out. */
export function securitySchemes(description: Description): readonly SecurityScheme[] {
  const { root, version } = description;
  const holder =
    version === '2.0' ? objectField(root, 'securityDefinitions') : objectField(objectField(root, 'components'), 'securitySchemes');
  return Object.entries(holder).flatMap(([name, value]) => readScheme(name, follow(description, value).value) ?? []);
}
