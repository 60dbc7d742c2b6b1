import { UserError } from '@millwright/core';

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** What templates of an auth read, by path: `auth.subdomain`, `fields.key`, `assertion`. */
export type TemplateScope = Readonly<Record<string, string>>;

/** The scope of a credential's fields: open ones as `auth.x`, all as `fields.x`. */
export function scopeOf(fields: { readonly open: TemplateScope; readonly all: TemplateScope }): TemplateScope {
  const named = (prefix: string, values: TemplateScope): readonly (readonly [string, string])[] =>
    Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
  return Object.fromEntries([...named('auth', fields.open), ...named('fields', fields.all)]);
}

function valueAt(scope: TemplateScope, path: string): string {
  const value = Object.hasOwn(scope, path) ? scope[path] : undefined;
  if (value !== undefined && value !== '') return value;
  throw new UserError('unprocessable', {
    code: 'credential_field_missing',
    message: `The connection has no value for "${path.replace(/^\w+\./, '')}".`,
    hint: 'Fill the field in and save.',
  });
}

/** Fills a text in. @throws UserError `credential_field_missing` */
export function renderText(template: string, scope: TemplateScope): string {
  return template.replaceAll(PLACE, (_all, path: string) => valueAt(scope, path));
}

/** Fills a text in; what has no value is left out, and what surrounds it is trimmed. */
export function renderOptional(template: string, scope: TemplateScope): string {
  return template.replaceAll(PLACE, (_all, path: string) => (Object.hasOwn(scope, path) ? (scope[path] ?? '') : '')).trim();
}

/**
 * Fills an address in. A value that stands at its start is an address itself; elsewhere it is one encoded part, which can neither end the
 * host nor begin another.
 * @throws UserError `credential_field_missing`, `credential_url_invalid`
 */
export function renderUrl(template: string, scope: TemplateScope): URL {
  const text = template.replaceAll(PLACE, (_all, path: string, at: number) => {
    const value = valueAt(scope, path);
    return at === 0 ? value.replace(/\/+$/, '') : encodeURIComponent(value);
  });
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  throw new UserError('unprocessable', {
    code: 'credential_url_invalid',
    message: 'An address of this connection cannot be used: it has to begin with https:// and name a host.',
    hint: 'Check the fields that name an address or a subdomain.',
  });
}

/** Whether who fills the fields in decides which host an address names. */
export function namesForeignHost(template: string): boolean {
  const host = /^https?:\/\/([^/?#]*)/.exec(template)?.[1];
  // Below a fixed domain a field can only choose among its subdomains.
  return host === undefined || /\{\{/.test(host.replace(/^\{\{\s*[\w.]+\s*\}\}\.(?=[\w-]+\.\w)/, ''));
}

/** Fills a host in; a field that is an address gives its host. @throws UserError `credential_field_missing` */
export function renderHost(template: string, open: TemplateScope): string {
  const text = renderText(template, scopeOf({ open, all: {} }));
  return /^https?:\/\//.test(text) ? (URL.parse(text)?.hostname ?? text) : text;
}
