import { ApiError } from '@millwright/client';
import type { TFunction } from 'i18next';
import { errorWords } from '../../../api/error-words.ts';
import type en from '../locales/en-add.ts';

type Known = Exclude<keyof (typeof en)['errors'], `${string}Next`>;

const BY_CODE: Readonly<Record<string, Known>> = {
  description_not_found: 'notFound',
  description_no_server: 'noServer',
  description_no_operations: 'noOperations',
  description_no_paths: 'noOperations',
  description_too_many_operations: 'tooMany',
  description_too_heavy: 'tooHeavy',
  description_too_large: 'tooHeavy',
  schema_too_large: 'tooHeavy',
  egress_too_large: 'tooHeavy',
  egress_private_address: 'refused',
  egress_host_unlisted: 'refused',
  egress_port: 'refused',
  imports_too_many: 'busy',
  description_changed: 'changed',
  connector_exists: 'exists',
  connector_changed: 'newer',
  connector_versions_full: 'full',
  connector_unchanged: 'same',
  connector_unknown: 'removed',
  hosts_unconfirmed: 'hosts',
  connector_name_invalid: 'nameInvalid',
  import_unavailable: 'unavailable',
};

function knownOf(code: string): Known | undefined {
  if (BY_CODE[code] !== undefined) return BY_CODE[code];
  if (code.startsWith('egress_')) return 'unreachable';
  return code.startsWith('description_') || code === 'node_definition_invalid' ? 'unreadable' : undefined;
}

/** Why a description was not read, or no connector added or updated: what happened, and what to do next. */
export function addWords(error: unknown, t: TFunction<'connectors'>, core: TFunction): { readonly what: string; readonly next: string } {
  const known = error instanceof ApiError ? knownOf(error.code) : undefined;
  if (known === undefined || !(error instanceof ApiError)) return errorWords(error, core);
  // The server names the parts that there are after a colon.
  const tags = error.hint?.split(': ').slice(1).join(': ') ?? '';
  return { what: t(`add.errors.${known}`), next: t(`add.errors.${known}Next`, { tags, detail: error.detail }) };
}

/** Whether a description has more than can be read at once, so that parts have to be named. */
export function wantsParts(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'description_too_many_operations';
}
