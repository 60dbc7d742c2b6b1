/** One thing that a person types in to connect. */
export interface CredentialField {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** Never shown again, never in a template. */
  readonly secret: boolean;
  readonly required: boolean;
  readonly placeholder?: string;
  /** More than one line: keys in PEM. Default false. */
  readonly multiline?: boolean;
}

/** Where a token goes. */
export interface TokenPlace {
  readonly in: 'header' | 'query';
  readonly name: string;
  /** Before the token, with its space. */
  readonly prefix?: string;
}

/** A required secret. */
export function secretField(name: string, title: string, more: Partial<CredentialField> = {}): CredentialField {
  return { name, title, secret: true, required: true, ...more };
}

/** A required text that everybody who may use the credential may see: a region, a subdomain. */
export function openField(name: string, title: string, more: Partial<CredentialField> = {}): CredentialField {
  return { name, title, secret: false, required: true, ...more };
}
