/** The address of `rel="next"` in a Link header (RFC 8288); null where there is none. */
export function nextLink(header: string | undefined): string | null {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[^",;=]+(?:=(?:"[^"]*"|[^",;]*))?)*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next)\s*(?:;|$)/i.test(parameters)) return target;
  }
  return null;
}
