import type { draftChanges } from '@millwright/db';
import { changePath, type DocumentChange } from '@millwright/workflow/difference';

type Touch = draftChanges.KnownTouch;

/** Touches by the path that they name, and by the node that it is in. */
interface Index {
  readonly byPath: ReadonlyMap<string, readonly Touch[]>;
  readonly byNode: ReadonlyMap<string, readonly Touch[]>;
}

function nodePathOf(path: string): string {
  const [root = '', id = ''] = path.split('/', 2);
  return root === 'nodes' ? `${root}/${id}` : path;
}

function indexOf(touches: readonly Touch[]): Index {
  return {
    byPath: Map.groupBy(touches, ({ path }) => path),
    byNode: Map.groupBy(touches, ({ path }) => nodePathOf(path)),
  };
}

/** A path and every part that it lies in. */
function withAncestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Touches of the part that a change is about, of what it lies in, and, where a node comes or goes, of what is in it but its place. */
function touchesOf(change: DocumentChange, { byPath, byNode }: Index): readonly Touch[] {
  const path = changePath(change);
  switch (change.kind) {
    case 'nodeAdded':
      return (byNode.get(path) ?? []).filter((touch) => !touch.path.endsWith('/position'));
    case 'edgeAdded':
      // Whoever labelled a new line has a part in it.
      return [path, `${path}/label`].flatMap((part) => byPath.get(part) ?? []);
    case 'edgeRemoved': {
      const own = byPath.get(path) ?? [];
      // It went with a node, without a word of its own.
      return own.length > 0 ? own : [change.edge.from, change.edge.to].flatMap((id) => byPath.get(`nodes/${id}`) ?? []);
    }
    default:
      return withAncestors(path).flatMap((part) => byPath.get(part) ?? []);
  }
}

/** Each person once, the last first. */
function people(touches: readonly Touch[]): readonly Touch[] {
  const latest = touches.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return [...new Map(latest.toReversed().map((touch) => [touch.userId, touch])).values()].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  );
}

/**
 * Who made each change, the last first. What is published counts only where nobody touched the part since, and only what is younger than
 * the live version: after going back to an older one the change is there again, and still theirs.
 * @param touches of one workflow
 * @param liveSince when the live version was published first; null: nothing is live
 */
export function authorsOf(
  changes: readonly DocumentChange[],
  touches: readonly Touch[],
  liveSince: Date | null = null,
): readonly (readonly Touch[])[] {
  const index = indexOf(touches.filter(({ settled, at }) => !settled || liveSince === null || at > liveSince));
  return changes.map((change) => {
    const all = touchesOf(change, index);
    const open = all.filter(({ settled }) => !settled);
    return people(open.length > 0 ? open : all);
  });
}

/** Paths of touches that belong to none of the changes that are left: published, or taken back. */
export function settledPaths(left: readonly DocumentChange[], touches: readonly Touch[]): readonly string[] {
  const index = indexOf(touches);
  const open = new Set(left.flatMap((change) => touchesOf(change, index).map(({ path }) => path)));
  return [...new Set(touches.filter(({ path, settled }) => !settled && !open.has(path)).map(({ path }) => path))];
}
