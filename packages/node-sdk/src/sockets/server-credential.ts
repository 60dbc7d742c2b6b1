import { UserError } from '@millwright/core';
import { basic } from '../connector/auth-kinds.ts';
import { openField, type CredentialField } from '../connector/credential-field.ts';
import type { CredentialTypeInfo } from '../connector/credential-type.ts';
import type { Security, ServerAddress, SocketRequest } from './socket-port.ts';

/** A kind of server that people sign in to with name and password. */
export interface ServerSpec {
  /** The package's key; the credential type is `<key>.server`. */
  readonly key: string;
  readonly title: string;
  /** Ports by security; only those that are named may be chosen, the first is the default. */
  readonly ports: Partial<Readonly<Record<Security, number>>>;
  /** Beside host, port, security, authority, user name and password; replaces those of the same name. */
  readonly fields?: readonly CredentialField[];
}

function securitiesOf({ ports }: ServerSpec): readonly Security[] {
  return Object.keys(ports) as readonly Security[];
}

/** The kind of credential that names such a server and signs in there. */
export function serverCredential(spec: ServerSpec): CredentialTypeInfo {
  const choices = securitiesOf(spec);
  const agreed = choices.map((choice) => `${spec.ports[choice] ?? ''} (${choice})`).join(', ');
  const optional = { required: false } as const;
  const own = [
    openField('host', 'Server', { placeholder: `${spec.key}.example.com` }),
    openField('port', 'Port', { ...optional, description: `Default ${agreed}.` }),
    openField('security', 'Security', { ...optional, description: `${choices.join(', ')}. Default ${choices[0] ?? ''}.` }),
    openField('ca', 'Certificate authority', { ...optional, multiline: true, description: 'In PEM, where no public authority signed.' }),
  ];
  return {
    type: `${spec.key}.server`,
    connectorKey: spec.key,
    connectorTitle: spec.title,
    title: 'Server, user name and password',
    auth: basic({ label: 'Server, user name and password', fields: [...own, ...(spec.fields ?? [])] }),
    hosts: ['{{auth.host}}'],
    baseUrl: 'https://{{auth.host}}',
    test: null,
  };
}

function refuse(field: string, message: string): UserError {
  return new UserError('invalid', {
    code: 'credential_field_invalid',
    message,
    hint: 'Correct the connection under Connections.',
    details: { field, sent: false },
  });
}

/** Reads the server from a credential of the kind. @throws UserError `credential_field_invalid` */
export function serverOf(spec: ServerSpec): SocketRequest['server'] {
  return ({ host = '', port = '', security = '', ca = '' }): ServerAddress => {
    const choices = securitiesOf(spec);
    const wanted = security.trim().toLowerCase();
    const chosen = wanted === '' ? choices[0] : choices.find((choice) => choice === wanted);
    if (chosen === undefined)
      throw refuse('security', `the connection's security "${security.slice(0, 40)}" is none of ${choices.join(', ')}`);
    const number = port.trim() === '' ? spec.ports[chosen] : Number(port);
    if (number === undefined || !Number.isInteger(number) || number < 1 || number > 65_535)
      throw refuse('port', `the connection's port "${port.slice(0, 40)}" is no port`);
    return { host: host.trim(), port: number, security: chosen, ...(ca.trim() === '' ? {} : { ca }) };
  };
}
