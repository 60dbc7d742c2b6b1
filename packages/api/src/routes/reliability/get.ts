import { endpoints, type ProofView } from '@millwright/contracts';
import { reliability, type TenantTx } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** A proof as the wire shows it; while it is under way counted now, from the runs and from what their receiver wrote down. */
async function readProof(tx: TenantTx): Promise<ProofView | null> {
  const proof = await reliability.latest(tx);
  if (proof === null) return null;
  const { id, status, workflowId, accepted, killedPid } = proof;
  const { succeeded, lost, effects, repeated } = proof.counts ?? (await reliability.stand(tx, proof));
  return {
    id,
    status,
    workflowId,
    runs: proof.runIds.length,
    accepted,
    finished: succeeded,
    lost,
    effects,
    repeated,
    startedAt: proof.startedAt.toISOString(),
    killedAt: proof.killedAt?.toISOString() ?? null,
    finishedAt: proof.finishedAt?.toISOString() ?? null,
    killedProcessId: killedPid,
  };
}

/** `GET /api/v1/reliability` */
export const getReliability = defineRoute(
  endpoints.reliability.get,
  { ...READ_RULES, permission: 'reliability.prove' },
  async ({ read }, { plug }) => ({ canPullPlug: plug !== undefined, processId: plug?.processId ?? null, proof: await read(readProof) }),
);
