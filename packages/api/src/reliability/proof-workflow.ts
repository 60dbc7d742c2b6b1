import { InvariantError, newId, type WorkflowId } from '@millwright/core';
import { drafts, plans, projects, versions, workflows, workspaces, type TenantTx } from '@millwright/db';
import { compile } from '@millwright/engine/compile';
import { DOCUMENT_FORMAT, workflowDocumentSchema, type NodeTypeCatalog, type WorkflowDocument } from '@millwright/workflow';
import { createDraft } from '@millwright/workflow/draft';
import { encodeStateAsUpdate } from 'yjs';
import { triggerTypesOf } from '../drafts/trigger-types.ts';

/** The version that a proof's runs are of. */
export interface ProofVersion {
  readonly workflowId: string;
  readonly workflowName: string;
  readonly versionId: string;
  readonly planHash: string;
  readonly triggerNodeId: string;
}

/** In the language of the workspace, as the workflow belongs to everybody in it. */
const NAMES: Readonly<Record<string, string>> = { en: 'Reliability proof', de: 'Zuverlässigkeitsprobe' };

/** Longer than any recovery: what is held while the process dies must not time out before. In ms. */
const TIMEOUT_MS = 120_000;

const TRIGGER = 'start';

/** Started by hand → wait → a write to the receiver, which is sent again where its answer is lost. */
export function proofDocument(name: string, publicUrl: string): WorkflowDocument {
  const send = {
    method: 'POST',
    url: `${publicUrl}/echo/proof/{{ $json.proof }}/{{ $json.effect }}`,
    bodyType: 'json',
    body: { effect: '{{ $json.effect }}' },
    timeoutMs: TIMEOUT_MS,
  };
  return workflowDocumentSchema.parse({
    format: DOCUMENT_FORMAT,
    name,
    nodes: [
      { id: TRIGGER, name: 'Start', type: 'core.manual', version: 1, position: [80, 80] },
      {
        id: 'wait',
        name: 'Wait',
        type: 'core.wait',
        version: 1,
        position: [400, 80],
        parameters: { mode: 'for', amount: '{{ $json.waitSeconds }}', unit: 'seconds' },
      },
      {
        id: 'send',
        name: 'Send once',
        type: 'http.request',
        version: 1,
        position: [720, 80],
        parameters: send,
        settings: { onLostAnswer: 'resend', timeoutMs: TIMEOUT_MS },
      },
    ],
    edges: [
      { from: TRIGGER, to: 'wait' },
      { from: 'wait', to: 'send' },
    ],
  });
}

/** What the workflow is made with. */
interface Making {
  readonly catalog: NodeTypeCatalog;
  readonly publicUrl: string;
  /** Person who starts the proof. */
  readonly by: string;
  /** The workflow of the last proof. */
  readonly known: WorkflowId | null;
}

/** The workspace's proof workflow, made where it is missing or archived, with a version whose plan is the proof's whatever people changed. */
export async function ensureProofWorkflow(tx: TenantTx, { catalog, publicUrl, by, known }: Making): Promise<ProofVersion> {
  const found = known === null ? null : await workflows.get(tx, known);
  const workflow = found === null || found.archived ? null : found;
  const name = workflow?.name ?? NAMES[(await workspaces.get(tx))?.language ?? 'en'] ?? 'Reliability proof';
  const document = proofDocument(name, publicUrl);
  const { plan } = compile(document, catalog);
  if (plan === null) throw new InvariantError({ code: 'proof_invalid', message: 'the proof workflow does not compile' });
  const { planHash } = plan.skeleton;
  const named = { workflowName: name, planHash, triggerNodeId: TRIGGER };
  if (workflow !== null && workflow.liveVersion !== null) {
    const live = await versions.get(tx, workflow.liveVersion.id);
    if (live?.planHash === planHash) return { ...named, workflowId: workflow.id, versionId: live.id };
  }
  const workflowId = workflow?.id ?? newId('workflow');
  if (workflow === null) {
    await workflows.create(tx, { id: workflowId, name, projectId: await projects.defaultId(tx), createdBy: by });
    const yState = encodeStateAsUpdate(createDraft(document));
    await drafts.save(tx, { workflowId, document, yState, triggerTypes: triggerTypesOf(document, catalog), revisionExpected: 0, by });
  }
  await plans.put(tx, plan);
  const versionId = newId('version');
  const number = await versions.nextNumber(tx, workflowId);
  await versions.create(tx, { id: versionId, workflowId, number, document, planHash, note: '', publishedBy: by });
  await workflows.setLive(tx, { workflowId, versionId, by });
  return { ...named, workflowId, versionId };
}
