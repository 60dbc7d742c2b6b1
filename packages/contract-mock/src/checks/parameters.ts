import type { JsonValue } from '@millwright/core';
import type { Operation, Parameter, ParameterPlace } from '@millwright/openapi';
import type { Fault, ReceivedRequest } from '../exchange.ts';
import type { SchemaChecks } from '../schema-check.ts';
import { decodeQuery, decodeWord, type Found, type Pairs } from '../values/decode-parameter.ts';
import { cookiesOf } from './security.ts';

/** What the parameters of a request are. */
export interface CheckedParameters {
  readonly values: Readonly<Record<ParameterPlace, Readonly<Record<string, JsonValue>>>>;
  readonly faults: readonly Fault[];
}

/** Where parameters are looked for. */
export interface ParameterSource {
  readonly request: ReceivedRequest;
  readonly path: Readonly<Record<string, string>>;
  /** Query names that belong to authentication. */
  readonly keyNames: ReadonlySet<string>;
  readonly isStrict: boolean;
  /** Required parameters that may be absent, as the secret went another way. */
  readonly isSpared: (parameter: Parameter) => boolean;
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function findParameter(
  parameter: Parameter,
  schema: Parameters<typeof decodeQuery>[1],
  source: ParameterSource & { readonly query: Pairs },
): Found {
  switch (parameter.in) {
    case 'path':
      return decodeWord(parameter, schema, own(source.path, parameter.name));
    case 'header':
      return decodeWord(parameter, schema, own(source.request.headers, parameter.name.toLowerCase()));
    case 'cookie':
      return decodeQuery(parameter, schema, cookiesOf(source.request));
    case 'query':
      return decodeQuery(parameter, schema, source.query);
  }
}

/**
 * Reads and judges every parameter; in strict mode, query names that are not described are faults.
 * @throws SchemaFault when a parameter's schema cannot be compiled
 */
export function checkParameters(operation: Operation, checks: SchemaChecks, source: ParameterSource): CheckedParameters {
  const query: Pairs = [...source.request.url.searchParams];
  const values: Record<ParameterPlace, Record<string, JsonValue>> = { path: {}, query: {}, header: {}, cookie: {} };
  const faults: Fault[] = [];
  const known = new Set(source.keyNames);
  for (const [name, value] of new URLSearchParams(operation.path.split('#')[0]?.split('?')[1] ?? '')) {
    known.add(name);
    if (source.request.url.searchParams.get(name) !== value) faults.push({ at: `query.${name}`, message: `must be "${value}"` });
  }
  for (const parameter of operation.parameters) {
    const at = `${parameter.in}.${parameter.name}`;
    const judge = checks.judge(
      `${operation.method} ${operation.path} ${at}`,
      parameter.schema,
      parameter.mediaType === null ? 'text' : 'exact',
    );
    const found = findParameter(parameter, judge.schema, { ...source, query });
    for (const name of found.names) known.add(name);
    if (found.fault !== undefined) faults.push({ at, message: found.fault });
    if (found.value === undefined) {
      if (parameter.required && !source.isSpared(parameter)) faults.push({ at, message: 'is required and missing' });
      continue;
    }
    const checked = judge.check(found.value, at);
    faults.push(...checked.faults);
    values[parameter.in][parameter.name] = checked.value;
  }
  const unknown = source.isStrict ? query.filter(([name]) => !known.has(name)) : [];
  return { values, faults: [...faults, ...unknown.map(([name]) => ({ at: `query.${name}`, message: 'is not described' }))] };
}
