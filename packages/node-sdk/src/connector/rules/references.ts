import type { JsonValue } from '@millwright/core';
import type { ConnectorSpec } from '../connector.ts';
import type { RequestSlots, RequestTemplate } from '../request.ts';
import { parseTemplate, pathsOf } from '../template.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head'] as const;

/** Method, upper case, and address of a request; both empty where it names none. */
export function methodAndPath(request: RequestTemplate | RequestSlots<never>): { readonly method: string; readonly path: string } {
  const paths: Partial<Readonly<Record<(typeof METHODS)[number], string>>> = request;
  const method = METHODS.find((name) => paths[name] !== undefined);
  return method === undefined ? { method: '', path: '' } : { method: method.toUpperCase(), path: paths[method] ?? '' };
}

/** Everything in a request that is data. */
function dataOf(request: RequestTemplate | RequestSlots<never>): JsonValue {
  const { query, body, headers, as } = request;
  return [
    methodAndPath(request).path,
    typeof query === 'function' ? {} : (query ?? {}),
    typeof body === 'function' || body === undefined ? null : body,
    { ...headers },
    as?.kind === 'headerJson' ? (as.content ?? null) : null,
  ];
}

/** Names that templates may read as `auth.…`: fields that are not secret, and what a token brings along. */
function openAuthNames({ auth }: Pick<ConnectorSpec, 'auth'>): ReadonlySet<string> {
  return new Set(
    Object.values(auth).flatMap((one) => [
      ...one.fields.filter(({ secret }) => !secret).map(({ name }) => name),
      ...('keepTokenFields' in one ? (one.keepTokenFields ?? []) : []),
    ]),
  );
}

/** Hosts as a connector lists them, or the one of its base. */
export function hostsOf({ hosts, baseUrl }: Pick<ConnectorSpec, 'hosts' | 'baseUrl'>): readonly string[] {
  const host = URL.parse(baseUrl)?.hostname;
  return hosts ?? (host === undefined || host.includes('{') ? [] : [host]);
}

/** Whether a host is on a list of names, `*.example.com` standing for every name below. */
export function isHostListed(host: string, hosts: readonly string[]): boolean {
  const name = host.toLowerCase();
  return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1).toLowerCase()) : name === one.toLowerCase()));
}

/** What a request's templates may read. */
export interface Readable {
  readonly spec: ConnectorSpec;
  /** First words beside `auth`: input fields, `idempotencyKey`, … */
  readonly roots: ReadonlySet<string>;
}

/** What is wrong with a request as data. */
export function requestFaults(at: string, request: RequestTemplate | RequestSlots<never>, { spec, roots }: Readable): readonly string[] {
  const faults: string[] = [];
  const { method, path } = methodAndPath(request);
  if (method === '') return [`${at}: no method: write { get: '/path' }, post, put, patch, delete or head`];
  if (!path.startsWith('/') && !/^https?:\/\//.test(path) && !path.startsWith('{{'))
    faults.push(`${at}: the address "${path}" begins with no slash: write '/path' below baseUrl, or a whole address on one of hosts`);
  const host = /^https?:\/\//.test(path) ? URL.parse(path)?.hostname : undefined;
  if (host !== undefined && !isHostListed(host, hostsOf(spec)))
    faults.push(`${at}: ${host} is not in hosts: add it there, or call one that is`);
  if (parseTemplate(path).fault === null && path.includes('?')) faults.push(`${at}: the address holds a query: write it as query: { … }`);
  const open = openAuthNames(spec);
  for (const read of pathsOf(dataOf(request), (text) =>
    faults.push(`${at}: ${text} is no path: write {{field}}, or use a function in this slot`),
  )) {
    const [root = '', name = ''] = read.split(/[.[]/);
    if (root === 'auth' && !open.has(name))
      faults.push(
        `${at}: {{${read}}} is secret or unknown: templates read open fields only (${[...open].join(', ') || 'there are none'}); the runtime signs`,
      );
    if (root !== 'auth' && !roots.has(root)) faults.push(`${at}: {{${read}}} names nothing: write one of ${[...roots].join(', ')}`);
  }
  return faults;
}
