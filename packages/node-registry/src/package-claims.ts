import type { CredentialTypeInfo } from '@millwright/node-sdk';
import type { NodeTypeInfo } from '@millwright/workflow';

/** What a package says is in it. */
export interface Claimed {
  readonly nodeTypes: readonly NodeTypeInfo[];
  readonly credentialTypes: readonly CredentialTypeInfo[];
}

/** Names that begin so are the product's own: control nodes, and packages `core-*`. */
const OWN_PREFIX = 'core.';
/** In a slot: any kind of credential. */
const ANY = '*';

/** Names that packages have taken, by whom. */
export class Claims {
  readonly #nodeTypes = new Map<string, string>();
  readonly #credentialTypes = new Map<string, string>();

  /** Takes a package's names. @returns why it may not have them, and nothing is taken; null when it may */
  take(name: string, claimed: Claimed, isCore: boolean): string | null {
    const refusal = this.#takenBefore(claimed) ?? (isCore ? null : notItsOwn(claimed));
    if (refusal !== null) return refusal;
    for (const { type, version } of claimed.nodeTypes) this.#nodeTypes.set(`${type}@${version}`, name);
    for (const { type } of claimed.credentialTypes) this.#credentialTypes.set(type, name);
    return null;
  }

  #takenBefore({ nodeTypes, credentialTypes }: Claimed): string | null {
    for (const { type, version } of nodeTypes) {
      const by = this.#nodeTypes.get(`${type}@${version}`);
      if (by !== undefined) return `${type}@${version} is already defined by ${by}`;
    }
    for (const { type } of credentialTypes) {
      const by = this.#credentialTypes.get(type);
      if (by !== undefined) return `the kind of credential ${type} is already defined by ${by}`;
    }
    return null;
  }
}

/** What only the product may: its names, and credentials of others. */
function notItsOwn({ nodeTypes, credentialTypes }: Claimed): string | null {
  const own = new Set(credentialTypes.map(({ type }) => type));
  for (const { type, credentials = [] } of nodeTypes) {
    if (type.startsWith(OWN_PREFIX))
      return `${type}: names that begin with "${OWN_PREFIX}" are the product's: begin with the package's key`;
    const other = credentials.flatMap(({ types }) => types).find((one) => !own.has(one));
    if (other !== undefined)
      return `${type} asks for the credential ${other === ANY ? 'of any kind ("*")' : `"${other}"`}, which this package does not declare: declare a kind of its own`;
  }
  return null;
}
