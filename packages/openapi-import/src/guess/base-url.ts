import { UserError } from '@millwright/core';
import { openField, type CredentialField } from '@millwright/node-sdk';
import { documentServers, serverUrl, type Description, type Server } from '@millwright/openapi';
import { labelOf, plainText } from '../words.ts';

/** Where requests go. */
export interface GuessedBase {
  readonly baseUrl: string;
  readonly hosts: readonly string[];
  /** What each customer has differently, asked for with the credential. */
  readonly fields: readonly CredentialField[];
  /** What is worth a look. */
  readonly notes: readonly string[];
}

type Address = Pick<GuessedBase, 'baseUrl' | 'fields'>;

const FIELD_NAME = /^[A-Za-z_][\w]*$/;

/** Variables that stand for the customer, not for a version or a choice of ours. */
function isAsked(server: Server, name: string): boolean {
  const variable = server.variables[name];
  if (!FIELD_NAME.test(name)) return false;
  const host = server.url.split('/').slice(0, 3).join('/');
  return host.includes(`{${name}}`) && (variable === undefined || variable.default === '' || variable.values.length !== 1);
}

function toTemplate(server: Server): Address {
  const names = [...server.url.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  const asked = names.filter((name) => isAsked(server, name));
  const url = serverUrl(server, Object.fromEntries(asked.map((name) => [name, `{{auth.${name}}}`])));
  const fields = asked.map((name) => {
    const variable = server.variables[name];
    const description = plainText(variable?.description ?? '', 200);
    const placeholder = variable?.default ?? '';
    return openField(name, labelOf(name), {
      ...(description === '' ? {} : { description }),
      ...(placeholder === '' ? {} : { placeholder }),
    });
  });
  return { baseUrl: url.replace(/^http:\/\/(?!localhost|127\.)/i, 'https://'), fields };
}

/** The host of an address; of one with fields, every name below what is fixed. */
export function hostPattern(url: string): string | null {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
  if (!host.includes('{{')) return host === '' ? null : host;
  const fixed = host.slice(host.lastIndexOf('}}') + 2).replace(/^[^.]*\./, '');
  return fixed.split('.').length >= 2 && fixed !== '' ? `*.${fixed}` : null;
}

/** A server's address as the runtime takes it; relative ones below the address that the description came from. */
export function absoluteServer(server: Server, origin: string | null): Address | null {
  const found = toTemplate(server);
  if (/^https?:\/\//.test(found.baseUrl)) return found;
  const whole = origin === null ? null : URL.parse(found.baseUrl === '' ? '/' : found.baseUrl, origin);
  return whole === null ? null : { baseUrl: whole.href.replace(/\/+$/, '').replace(/^http:/, 'https:'), fields: found.fields };
}

/** An address with the hosts that it means. */
export function withHosts(address: Address, notes: readonly string[]): GuessedBase {
  const host = hostPattern(address.baseUrl);
  return { ...address, hosts: host === null ? [] : [host], notes };
}

/**
 * The base address of an API.
 * @param origin where the description was fetched, for relative servers; null where that is not known
 * @throws UserError `description_no_server` when nothing says where the API is
 */
export function guessBase(description: Description, origin: string | null): GuessedBase {
  for (const server of documentServers(description)) {
    const found = absoluteServer(server, origin);
    if (found === null || /^https?:\/\/(localhost|127\.|example\.)/.test(found.baseUrl)) continue;
    return withHosts(found, []);
  }
  const only = documentServers(description)
    .map((server) => absoluteServer(server, origin))
    .find((found) => found !== null);
  if (only) return withHosts(only, []);
  // OpenAPI: where no server is named, it is the one that the description came from.
  const found = documentServers(description).length === 0 ? absoluteServer({ url: '/', variables: {} }, origin) : null;
  if (found !== null) return withHosts(found, [`the description names no server: requests go to where it was found, ${found.baseUrl}`]);
  throw new UserError('unprocessable', {
    code: 'description_no_server',
    message: 'the description does not say at which address the API is',
    hint: 'Enter the base address, such as https://api.example.com.',
  });
}
