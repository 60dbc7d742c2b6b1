import { UserError } from '@millwright/core';
import { hostFits, readHostPattern } from '@millwright/core/host-pattern';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import { renderHost } from './template.ts';

/** Most hosts of a credential. */
const MAX_HOSTS = 50;

/** Writes a host as patterns are stored, names of other scripts as the network has them. @throws UserError `credential_host_invalid` */
function normalized(text: string): string {
  const pattern = readHostPattern(text);
  if (pattern !== null) return pattern;
  throw new UserError('unprocessable', {
    code: 'credential_host_invalid',
    message: `"${text.slice(0, 100)}" is no host that a connection can be sent to.`,
    hint: 'Write a host such as api.example.com, or *.example.com for its subdomains, without https:// and port.',
  });
}

/** Whether everything that one pattern lets through the other does too. */
function isWithin(narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  return wide.startsWith('*.') && hostFits(wide, new URL(`https://${narrow.replace(/^\*\./, 'any.')}`));
}

/**
 * The hosts of a credential: those of its type, with its fields filled in, or fewer; where the type names none, those that are asked for.
 * @param asked absent: all of the type's
 * @throws UserError `credential_host_invalid`, `credential_hosts_missing`, `credential_host_foreign`
 */
export function hostsOf(type: CredentialTypeInfo, fields: Readonly<Record<string, string>>, asked?: readonly string[]): readonly string[] {
  const own = type.hosts.map((host) => normalized(renderHost(host, fields)));
  const hosts = [...new Set((asked ?? own).map(normalized))];
  if (hosts.length === 0 || hosts.length > MAX_HOSTS) {
    throw new UserError('unprocessable', {
      code: 'credential_hosts_missing',
      message: 'A connection has to name the hosts that it may be sent to.',
      hint: `Name between 1 and ${MAX_HOSTS} hosts such as api.example.com.`,
    });
  }
  const foreign = own.length === 0 ? undefined : hosts.find((host) => !own.some((wide) => isWithin(host, wide)));
  if (foreign === undefined) return hosts;
  throw new UserError('unprocessable', {
    code: 'credential_host_foreign',
    message: `A connection of this kind may not be sent to ${foreign}.`,
    hint: `It may be sent to ${own.join(', ')}, or to fewer hosts of these.`,
  });
}
