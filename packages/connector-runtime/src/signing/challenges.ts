/** One challenge of a `www-authenticate` header. */
export interface Challenge {
  /** Lower case: `digest`. */
  readonly scheme: string;
  /** By lower-case name, quotes taken off. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * A parameter, `name="a \"b\""` or `name=token`, or one whose quote never ends; or a scheme, a word before a space or the end; whatever stands between them,
 * words as a whole: sign by sign, a long word that is none of these would be read again from each of its signs.
 */
const PART =
  /([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)|".*$)|([!#$%&'*+.^_`|~\w-]+)(?=\s|$|,)|[\s,]+|[!#$%&'*+.^_`|~\w-]+|./gs;

/** Reads the challenges of a `www-authenticate` header, in their order; several schemes may stand in one line (RFC 9110 §11.6.1). */
export function challengesIn(header: string): readonly Challenge[] {
  const found: { readonly scheme: string; readonly parameters: Record<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of header.matchAll(PART)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: Object.create(null) as Record<string, string> });
    const last = found.at(-1);
    const value = quoted?.replaceAll(/\\(.)/gs, '$1') ?? bare;
    if (name !== undefined && value !== undefined && last !== undefined) last.parameters[name.toLowerCase()] = value;
  }
  return found;
}
