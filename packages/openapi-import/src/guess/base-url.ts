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
}

const FIELD_NAME = /^[A-Za-z_][\w]*$/;

/** Variables that stand for the customer, not for a version or a choice of ours. */
function isAsked(server: Server, name: string): boolean {
  const variable = server.variables[name];
  if (!FIELD_NAME.test(name)) return false;
  const host = server.url.split('/').slice(0, 3).join('/');
  return host.includes(`{${name}}`) && (variable === undefined || variable.default === '' || variable.values.length !== 1);
}

function toTemplate(server: Server): Pick<GuessedBase, 'baseUrl' | 'fields'> {
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
export function absoluteServer(server: Server, origin: string | null): Pick<GuessedBase, 'baseUrl' | 'fields'> | null {
  const found = toTemplate(server);
  if (/^https?:\/\//.test(found.baseUrl)) return found;
  const whole = origin === null ? null : URL.parse(found.baseUrl === '' ? '/' : found.baseUrl, origin);
  return whole === null ? null : { baseUrl: whole.href.replace(/\/+$/, '').replace(/^http:/, 'https:'), fields: found.fields };
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
    const host = hostPattern(found.baseUrl);
    return { ...found, hosts: host === null ? [] : [host] };
  }
  const only = documentServers(description)
    .map((server) => absoluteServer(server, origin))
    .find((found) => found !== null);
  if (only) return { ...only, hosts: [hostPattern(only.baseUrl)].filter((host) => host !== null) };
  throw new UserError('unprocessable', {
    code: 'description_no_server',
    message: 'the description does not say at which address the API is',
    hint: 'Enter the base address, such as https://api.example.com.',
  });
}
