/** URLs and encodings for contexts: texts in, texts out. */
import { readFileSync } from 'node:fs';
import { PACKAGES } from './packages.ts';

const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;
const SETTABLE = new Set<string>(PARTS.filter((name) => name !== 'origin'));

const partsOf = (url: URL): string => JSON.stringify(Object.fromEntries(PARTS.map((name) => [name, url[name]])));

/** @returns the parts as JSON; empty for what is no URL */
export function parseUrl(text: string, base: string | undefined): string {
  const url = URL.parse(text, base);
  return url === null ? '' : partsOf(url);
}

/** @param change `[part, value]` as JSON */
export function setUrlPart(href: string, change: string): string {
  const url = new URL(href);
  const [name, value] = JSON.parse(change) as [string, string];
  if (SETTABLE.has(name)) Reflect.set(url, name, value);
  return partsOf(url);
}

/** Bytes in base64 as text. @throws RangeError for an unknown encoding */
export function decodeText(encoding: string, base64: string): string {
  return new TextDecoder(encoding).decode(Buffer.from(base64, 'base64'));
}

/** A file of a package. @throws Error outside the folder of packages */
export function readPackageFile(path: string): string {
  if (!path.startsWith(`${PACKAGES}/`) || path.includes('..')) throw new Error('only files of packages can be read');
  return readFileSync(path, 'utf8');
}
