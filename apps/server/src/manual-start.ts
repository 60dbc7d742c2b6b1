import type { RunId } from '@millwright/core';
import type { ManualStart } from '@millwright/api';
import type { GatewayPorts } from '@millwright/gateway';
import type { RunHeader } from '@millwright/workflow';

/**
 * Starts a run that a person asked for, from the manual trigger of the live version.
 * @throws TransientError `temporal_unavailable`, `database_unavailable`: nothing was started
 */
export async function startManualRun({ ports, start }: { readonly ports: GatewayPorts; readonly start: ManualStart }): Promise<RunId> {
  const nowMs = ports.clock.nowMs();
  const header: RunHeader = {
    workspaceId: start.workspaceId,
    runId: start.runId,
    workflowId: start.workflowId,
    workflowName: start.workflowName,
    versionId: start.versionId,
    planHash: start.planHash,
    triggerNodeId: start.triggerNodeId,
    mode: 'manual',
    originDay: new Date(nowMs).toISOString().slice(0, 10),
    startedAtMs: nowMs,
    save: 'all',
    reply: 'none',
    startedBy: start.startedBy,
  };
  const skeleton = await ports.skeleton(start.workspaceId, start.planHash);
  const trigger = await ports.store(header, `${start.triggerNodeId}:0:main`, [{ json: JSON.parse(JSON.stringify(start.input)) }]);
  await ports.starter.start({ header, skeleton, trigger });
  return header.runId;
}
