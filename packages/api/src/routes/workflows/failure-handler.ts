import { livePlans, type TenantTx } from '@millwright/db';
import type { Problem, WorkflowDocument } from '@millwright/workflow';

const ERROR_TYPE = 'core.errorTrigger';

/** What is wrong with the failure handler that a document names: it must be live when the document is published. Null: nothing. */
export async function handlerProblem(tx: TenantTx, workflowId: string, { nodes, settings }: WorkflowDocument): Promise<Problem | null> {
  const { onFailure } = settings;
  if (onFailure === null) return null;
  const isOwn = onFailure === workflowId;
  const live = isOwn ? null : await livePlans.livePlan(tx, { workspaceId: tx.workspaceId, workflowId: onFailure });
  const drawn = isOwn ? nodes : (live?.skeleton.nodes ?? []);
  if (drawn.some((node) => node.type === ERROR_TYPE)) return null;
  const problem = { level: 'error', field: 'settings.onFailure' } as const;
  if (!isOwn && live === null)
    return {
      ...problem,
      code: 'failure_handler_missing',
      text: 'The workflow that handles failures is not live.',
      hint: 'Choose another one, or publish it and switch it on.',
    };
  return {
    ...problem,
    code: 'failure_handler_without_trigger',
    text: 'The workflow that handles failures does not start with "When a run fails".',
    hint: 'Add that trigger to it and publish it, or choose another one.',
  };
}
