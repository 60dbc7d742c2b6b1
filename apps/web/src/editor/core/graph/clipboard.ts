import type { JsonObject, JsonValue } from '@millwright/core';
import { edgeSchema, workflowNodeSchema, type WorkflowDocument } from '@millwright/workflow';
import { z } from 'zod';
import type { DraftChange } from '../document/changes.ts';
import { snap, type Point } from './geometry.ts';
import { innerEdges } from './graph-queries.ts';
import { freeName, newNodeId, takenIn } from './names.ts';

/** Version of what the clipboard holds; other versions are refused, not guessed at. */
const CLIPBOARD_FORMAT = 'millwright.clipboard/1';

const clipboardSchema = z.object({
  format: z.string().regex(/^millwright\.(clipboard|workflow)\/1$/),
  nodes: z.array(workflowNodeSchema).min(1).max(5000),
  edges: z.array(edgeSchema).max(20_000).default([]),
});

/** Steps on their way from one place to another. A whole workflow document reads as one too. */
export type ClipboardContent = z.infer<typeof clipboardSchema>;

/** The selected nodes and the edges between them, as text for the clipboard. Give containers with their content. */
export function writeClipboard(document: WorkflowDocument, nodeIds: ReadonlySet<string>): string {
  const nodes = document.nodes.filter((node) => nodeIds.has(node.id));
  return JSON.stringify({ format: CLIPBOARD_FORMAT, nodes, edges: innerEdges(document, nodeIds) });
}

/** Reads what was pasted; null where it is anything but steps of ours. */
export function readClipboard(text: string): ClipboardContent | null {
  try {
    const parsed = clipboardSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What a paste would do. */
export interface Paste {
  readonly changes: readonly DraftChange[];
  /** The new nodes, to be selected. */
  readonly nodeIds: readonly string[];
}

/** Points expressions at nodes with other ids: `renameNodesIn` of the expressions. */
export type RenameNodes = (parameters: JsonValue, names: ReadonlyMap<string, string>) => JsonValue;

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
  const renamed = new Map<string, string>();
  for (const node of content.nodes) {
    const id = newNodeId(node.type, taken.ids);
    taken.ids.add(id);
    renamed.set(node.id, id);
  }
  const left = Math.min(...content.nodes.map((node) => node.position[0]));
  const top = Math.min(...content.nodes.map((node) => node.position[1]));
  const added = content.nodes.map((node): DraftChange => {
    const name = freeName(node.name, taken.names);
    taken.names.add(name);
    const position = snap({ x: at.x + node.position[0] - left, y: at.y + node.position[1] - top });
    return {
      kind: 'addNode',
      node: {
        ...node,
        id: renamed.get(node.id) ?? node.id,
        name,
        position: [...position],
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
  return { changes: [...added, ...joined], nodeIds: [...renamed.values()] };
}
