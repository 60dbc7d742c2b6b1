import { nodeSettingsSchema, workflowSettingsSchema } from '@millwright/workflow';
import { z } from 'zod';
import type { DraftChange } from './changes.ts';

const text = z.string().max(200);

/** What typing in a field can change. */
const typedChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('setParameter'), nodeId: text, key: text, value: z.json().optional() }),
  z.object({ kind: z.literal('setNodeSetting'), nodeId: text, key: nodeSettingsSchema.keyof(), value: z.json() }),
  z.object({ kind: z.literal('renameNode'), nodeId: text, name: text.min(1) }),
  z.object({ kind: z.literal('setWorkflowSetting'), key: workflowSettingsSchema.keyof(), value: z.json() }),
  z.object({ kind: z.literal('renameWorkflow'), name: text.min(1) }),
]);

/** Reads changes that this device kept for a field; what is not text of a field, such as lines that went along, is left out. */
export function readTypedChanges(kept: unknown): readonly DraftChange[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((change): readonly DraftChange[] => {
    const parsed = typedChangeSchema.safeParse(change);
    if (!parsed.success) return [];
    return [parsed.data.kind === 'setParameter' ? { ...parsed.data, value: parsed.data.value } : parsed.data];
  });
}
