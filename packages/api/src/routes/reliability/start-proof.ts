import { endpoints } from '@millwright/contracts';
import { newId, UserError } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { reliability } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { PROOF_RUNS, type BegunProof } from '../../reliability/plug-proof.ts';
import { ensureProofWorkflow } from '../../reliability/proof-workflow.ts';

function unavailable(): UserError {
  return new UserError('conflict', {
    code: 'plug_unavailable',
    message: 'This process is not started again when it is killed.',
    hint: 'Run "npm run prove:durable" on a machine of its own; it shows the same.',
  });
}

function running(): UserError {
  return new UserError('conflict', {
    code: 'proof_running',
    message: 'A proof of reliability is under way on this server.',
    hint: 'Wait until its runs are counted, then start another.',
  });
}

/** `POST /api/v1/reliability/proofs`: answers when the proof is on disk; the kill comes some seconds later. */
export const startProof = defineRoute(
  endpoints.reliability.startProof,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'reliability.prove', audit: 'reliability.proofStarted' },
  async ({ principal, write }, { catalog, publicUrl, plug, plugProof }) => {
    if (plug === undefined) throw unavailable();
    const { userId: by, workspaceId } = principal;
    const id = newId('proof');
    const runIds = Array.from({ length: PROOF_RUNS }, (_, n) => derivedId('run', id, String(n)));
    const begun = await write(async (tx, audit): Promise<BegunProof> => {
      const known = (await reliability.latest(tx))?.workflowId ?? null;
      const version = await ensureProofWorkflow(tx, { catalog, publicUrl, by, known });
      if (!(await reliability.begin(tx, { id, workflowId: version.workflowId, runIds, startedBy: by }))) throw running();
      await audit({ kind: 'proof', id }, { workflowId: version.workflowId, runs: runIds.length });
      return { id, workspaceId, runIds, version, startedBy: by };
    });
    plugProof.start(begun);
    return { proofId: id };
  },
);
