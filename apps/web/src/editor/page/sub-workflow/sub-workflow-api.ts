import { ApiError } from '@millwright/client';
import type { WorkflowDocument } from '@millwright/workflow';
import { api } from '../../../api/client.ts';

/** A workflow that was made of steps. */
export interface MadeWorkflow {
  readonly workflowId: string;
  /** False: it has problems, so it stays a draft that cannot be called yet. */
  readonly isLive: boolean;
}

/** Stores a document as a new workflow and publishes it, so that it can be called. @throws ApiError when it cannot be stored */
export async function makeWorkflow(document: WorkflowDocument): Promise<MadeWorkflow> {
  const { id: workflowId } = await api.workflows.create({ body: { name: document.name } });
  const { revision } = await api.drafts.get({ workflowId });
  await api.drafts.put({ workflowId, revision, body: document });
  try {
    await api.workflows.publish({ workflowId, body: {} });
    return { workflowId, isLive: true };
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.code === 'graph_invalid') return { workflowId, isLive: false };
    throw thrown;
  }
}

/** The document that a call runs: the live version, or the draft of a workflow that never was live. */
export async function calledDocument(workflowId: string): Promise<WorkflowDocument> {
  const { liveVersion } = await api.workflows.get({ workflowId });
  if (liveVersion) return (await api.workflows.getVersion({ workflowId, versionId: liveVersion.id })).document;
  return (await api.drafts.get({ workflowId })).document;
}
