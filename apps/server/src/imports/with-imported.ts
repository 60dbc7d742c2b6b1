import type { CredentialTypes } from '@millwright/credentials';
import type { NodeRunners } from '@millwright/node-registry';
import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import type { OpenNodeTypes } from '../dev/open-node-types.ts';
import type { ImportedConnectors } from './imported-connectors.ts';

/** A list of two, the same one as long as both are. */
function joined<T>(first: () => readonly T[], second: () => readonly T[]): () => readonly T[] {
  let last: readonly [readonly T[], readonly T[], readonly T[]] | null = null;
  return () => {
    const [one, other] = [first(), second()];
    if (last === null || last[0] !== one || last[1] !== other) last = [one, other, [...one, ...other]];
    return last[2];
  };
}

/** What is installed, and beside it what was made of descriptions; the names of both never meet. */
export function withImported(installed: OpenNodeTypes, imported: ImportedConnectors): OpenNodeTypes {
  const { catalog, runners, credentialTypes } = installed;
  const own = (): NodeRunners => imported.now.runners;
  let shown: { readonly of: unknown; readonly types: readonly NodeTypeInfo[] } = { of: null, types: [] };
  const shownTypes = (): readonly NodeTypeInfo[] => {
    const of = imported.now.shown;
    if (shown.of !== of) shown = { of, types: of.flatMap(({ nodeTypes }) => nodeTypes.map((info) => ({ ...info, own: true }))) };
    return shown.types;
  };
  // Those of hidden connectors too: connections and runs that have them go on.
  const kinds = (): ReturnType<CredentialTypes['all']> => imported.now.credentialTypes;
  const types: NodeTypeCatalog = {
    get: (type, version) => catalog.get(type, version) ?? imported.now.types.get(type, version),
    all: joined(() => catalog.all(), shownTypes),
  };
  return {
    ...installed,
    catalog: types,
    runners: {
      get: (type, version) => runners.get(type, version) ?? own().get(type, version),
      connector: (key) => runners.connector(key) ?? own().connector(key),
      polls: (...keys) => runners.polls(...keys),
      failures: runners.failures,
    },
    credentialTypes: {
      get: (type) => credentialTypes.get(type) ?? kinds().find((kind) => kind.type === type),
      all: joined(() => credentialTypes.all(), kinds),
    },
    connectors: () => [...installed.connectors(), ...imported.summaries()],
    onChange: (listener) => {
      installed.onChange(listener);
      imported.onChange(listener);
    },
  };
}
