import { isJsonObject, type JsonValue } from '@millwright/core';
import { listField, objectField, textField, type Description } from './description.ts';
import { METHODS, type Server, type ServerVariable } from './operation.ts';

function readVariable(value: JsonValue): ServerVariable {
  const values = listField(value, 'enum').map(String);
  const given = isJsonObject(value) ? value['default'] : undefined;
  return {
    default: given === undefined || given === null ? (values[0] ?? '') : String(given as string | number | boolean),
    values,
    description: textField(value, 'description') ?? '',
  };
}

/** The `servers` of a document, path or operation. */
export function readServers(holder: JsonValue | undefined): readonly Server[] {
  return listField(holder, 'servers').flatMap((server) => {
    const url = textField(server, 'url');
    if (url === undefined) return [];
    const variables = Object.entries(objectField(server, 'variables')).map(([name, value]) => [name, readVariable(value)] as const);
    return [{ url, variables: Object.fromEntries(variables) }];
  });
}

/** Version 2 names scheme, host and base path apart. */
function swaggerServers(description: Description): readonly Server[] {
  const { root } = description;
  const basePath = textField(root, 'basePath') ?? '';
  const host = textField(root, 'host');
  if (host === undefined) return basePath === '' ? [] : [{ url: basePath, variables: {} }];
  const schemes = listField(root, 'schemes').map(String);
  const scheme = schemes.includes('https') || schemes.length === 0 ? 'https' : (schemes[0] ?? 'https');
  return [{ url: `${scheme}://${host}${basePath.startsWith('/') || basePath === '' ? '' : '/'}${basePath}`, variables: {} }];
}

/** Where the API of a description is served; empty where it does not say. */
export function documentServers(description: Description): readonly Server[] {
  return description.version === '2.0' ? swaggerServers(description) : readServers(description.root);
}

/** A server's address with its variables filled in, without a slash at the end. */
export function serverUrl(server: Server, values: Readonly<Record<string, string>> = {}): string {
  const filled = server.url.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => values[name] ?? server.variables[name]?.default ?? whole);
  return filled.replace(/\/+$/, '');
}

/** Every server that a description names: for the whole, for a path, for an operation; each address once. */
export function allServers(description: Description): readonly Server[] {
  const items = Object.values(objectField(description.root, 'paths')).filter(isJsonObject);
  const holders = items.flatMap((item) => [item, ...METHODS.map((method) => objectField(item, method))]);
  const all = [...documentServers(description), ...holders.flatMap(readServers)];
  return [...new Map(all.map((server) => [server.url, server])).values()];
}
