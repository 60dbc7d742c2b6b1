import type { AuthSpec } from '@millwright/node-sdk';
import type { LentCredential } from '../lender.ts';
import { openFieldsOf } from '../lender.ts';

const PLACE = /\{\{\s*auth\.([\w]+)\s*\}\}/g;

function filled(value: unknown, open: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replaceAll(PLACE, (_all, name: string) => open[name] ?? '');
  if (Array.isArray(value)) return value.map((one) => filled(one, open));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [String(filled(name, open)), filled(inner, open)] as const)
      // A header whose name was left empty is none.
      .filter(([name]) => name !== ''),
  );
}

/** Whether the auth itself leaves something to the person; read once for each, as they live as long as the catalog. */
const isOpen = new WeakMap<AuthSpec, boolean>();

/**
 * An auth whose texts (`{{auth.name}}` of a header, what is signed, a service) are the credential's own: generic kinds leave them to the
 * person. What is filled in may hold the templates of the auth itself.
 */
export function withOpenFields(lent: LentCredential): AuthSpec {
  const { auth } = lent;
  const known = isOpen.get(auth) ?? JSON.stringify(auth).includes('{{auth.');
  isOpen.set(auth, known);
  return known ? (filled(auth, openFieldsOf(lent)) as AuthSpec) : auth;
}
