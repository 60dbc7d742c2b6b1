import { InvariantError, messageOf, MillwrightError } from '@millwright/core';
import { sourcePlace, type NodeRunners } from '@millwright/node-registry';
import { lineAt, placeText } from './source-fault.ts';

/** Where the sources of node packages lie. */
export interface SourceFolders {
  /** The checkout: places are told relative to it. */
  readonly root: string;
  /** Absolute folders that hold packages. */
  readonly folders: readonly string[];
}

/** Names the line of a node's sources that threw what nobody expected; errors that a node means are passed on. */
async function located(thrown: unknown, { root, folders }: SourceFolders): Promise<unknown> {
  if (thrown instanceof MillwrightError && !(thrown instanceof InvariantError)) return thrown;
  const at = sourcePlace(thrown, folders);
  if (at === null) return thrown;
  return new InvariantError({
    code: 'node_broken',
    message: `${messageOf(thrown)} (${placeText(at, root)}: ${await lineAt(at)})`,
    details: { line: at.line, column: at.column },
    cause: thrown,
  });
}

/** Runs nodes so that their faults name the line of their sources. For machines of developers. */
export function withSource({ get }: Pick<NodeRunners, 'get'>, sources: SourceFolders): NodeRunners['get'] {
  return (type, version) => {
    const action = get(type, version);
    if (action === undefined) return undefined;
    return {
      ...action,
      invoke: async (call) => {
        try {
          return await action.invoke(call);
        } catch (thrown) {
          throw await located(thrown, sources);
        }
      },
    };
  };
}
