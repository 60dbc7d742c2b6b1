import type { JsonObject, JsonValue } from '@millwright/core';
import type { ClipboardContent, WorkflowDocument } from '@millwright/workflow';
import type { DraftChange } from '../document/changes.ts';
import { snap, type Point } from './geometry.ts';
import { freeName, newNodeId, takenIn } from './names.ts';

/** What a paste would do. */
export interface Paste {
  readonly changes: readonly DraftChange[];
  /** The new steps, notes and sections, to be selected. */
  readonly nodeIds: readonly string[];
}

/** Points expressions at nodes with other ids: `renameNodesIn` of the expressions. */
export type RenameNodes = (parameters: JsonValue, names: ReadonlyMap<string, string>) => JsonValue;

/** New ids of what is pasted, by its old ones. @param taken ids in use; the new ones are added */
function freshIds(content: ClipboardContent, taken: Set<string>): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const rename = (id: string, type: string): void => {
    const fresh = newNodeId(type, taken);
    taken.add(fresh);
    renamed.set(id, fresh);
  };
  for (const { id, type } of content.nodes) rename(id, type);
  for (const { id, kind } of content.annotations) rename(id, kind);
  return renamed;
}

/** Notes and sections with new ids; sections hold the copies of their steps. */
function pastedAnnotations(
  { annotations }: ClipboardContent,
  renamed: ReadonlyMap<string, string>,
  placed: (position: readonly [number, number]) => [number, number],
): DraftChange[] {
  return annotations.map(({ members, ...annotation }) => ({
    kind: 'addAnnotation',
    annotation: {
      ...annotation,
      id: renamed.get(annotation.id) ?? annotation.id,
      position: placed(annotation.position),
      ...(members === undefined ? {} : { members: members.flatMap((id) => renamed.get(id) ?? []).toSorted() }),
    },
  }));
}

/**
 * Puts steps into a document: new ids, a number behind names that are taken, references inside the
 * pasted set pointed at the copies.
 * @param at where the top left corner goes, and the frame that takes what comes without one
 */
export function planPaste(
  document: WorkflowDocument,
  content: ClipboardContent,
  at: Point & { readonly parent?: string | null; readonly rename: RenameNodes },
): Paste {
  const taken = takenIn(document);
  const renamed = freshIds(content, taken.ids);
  const places = [...content.nodes, ...content.annotations].map(({ position }) => position);
  const left = Math.min(...places.map(([x]) => x));
  const top = Math.min(...places.map(([, y]) => y));
  const placed = ([x, y]: readonly [number, number]): [number, number] => [...snap({ x: at.x + x - left, y: at.y + y - top })];
  const added = content.nodes.map((node): DraftChange => {
    const name = freeName(node.name, taken.names);
    taken.names.add(name);
    return {
      kind: 'addNode',
      node: {
        ...node,
        id: renamed.get(node.id) ?? node.id,
        name,
        position: placed(node.position),
        parent: (node.parent === null ? undefined : renamed.get(node.parent)) ?? at.parent ?? null,
        parameters: at.rename(node.parameters as JsonObject, renamed) as typeof node.parameters,
      },
    };
  });
  const joined = content.edges.flatMap((edge): DraftChange[] => {
    const from = renamed.get(edge.from);
    const to = renamed.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ kind: 'addEdge', edge: { ...edge, from, to } }];
  });
  const annotated = pastedAnnotations(content, renamed, placed);
  return { changes: [...added, ...joined, ...annotated], nodeIds: [...renamed.values()] };
}
