import { isDeeperThan } from '@millwright/core';
import { z } from 'zod';
import { annotationSchema, DOCUMENT_LIMITS, edgeSchema, workflowNodeSchema } from './document.ts';

/** Steps on their way from one place to another. A whole workflow document reads as one too. */
export const clipboardSchema = z
  .object({
    format: z.string().regex(/^millwright\.(clipboard|workflow)\/1$/),
    nodes: z.array(workflowNodeSchema).max(DOCUMENT_LIMITS.nodes),
    edges: z.array(edgeSchema).max(DOCUMENT_LIMITS.edges).default([]),
    annotations: z.array(annotationSchema).max(DOCUMENT_LIMITS.nodes).default([]),
  })
  .refine(({ nodes, annotations }) => nodes.length + annotations.length > 0);

export type ClipboardContent = z.infer<typeof clipboardSchema>;

/** Longest text that is read as steps, UTF-16 units: reading more would hold up the page. */
export const MAX_CLIPBOARD = 4 * 1_048_576;

/** Levels that a parameter may be nested: what is deeper can be parsed, but not written out. */
const MAX_DEPTH = 200;

/** Why a text cannot be pasted: it is no steps, from a newer version, too much, or broken. */
export type ClipboardFault = 'other' | 'newer' | 'large' | 'invalid';

/** What is wrong with a text that {@link readClipboard} refuses. */
export function clipboardFault(text: string): ClipboardFault {
  const format = /"format"\s*:\s*"millwright\.(?:clipboard|workflow)\/(\d+)"/.exec(text.slice(0, 10_000))?.[1];
  if (format === undefined) return 'other';
  if (text.length > MAX_CLIPBOARD) return 'large';
  return Number(format) > 1 ? 'newer' : 'invalid';
}

/** Reads what was copied; null where it is anything but steps of ours. */
export function readClipboard(text: string): ClipboardContent | null {
  if (text.length > MAX_CLIPBOARD) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeperThan(value, MAX_DEPTH)) return null;
    const parsed = clipboardSchema.safeParse(value);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
