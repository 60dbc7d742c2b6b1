import { hashHex } from '@millwright/core/hash';
import { derivedId } from '@millwright/core/ids-node';
import { newId, randomToken, UserError } from '@millwright/core';
import type { RunHeader } from '@millwright/workflow';
import type { ResolvedEndpoint } from './ports.ts';

/** Longest delivery id that is taken, in characters. */
const MAX_DELIVERY_ID = 255;

/**
 * The id that the sender gave its delivery, from `Idempotency-Key`.
 * @throws UserError `delivery_id_invalid` when it is empty or longer than 255 characters
 */
export function deliveryIdOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const id = Array.isArray(header) ? header.join(',') : header;
  if (id.trim() !== '' && id.length <= MAX_DELIVERY_ID) return id;
  throw new UserError('invalid', {
    code: 'delivery_id_invalid',
    message: 'Idempotency-Key must have 1 to 255 characters',
    hint: 'Send a key that is unique per delivery, such as a UUID, or leave the header out.',
  });
}

/**
 * What is fixed about the run that a delivery starts. With a delivery id the run's id derives from it, so that
 * a repeated delivery can never start a second run; without one it is random.
 * @param deliveryId the sender's id, or null
 * @param nowMs ms since 1970
 */
export function headerFor(endpoint: ResolvedEndpoint, deliveryId: string | null, nowMs: number): RunHeader {
  const runId = deliveryId === null ? newId('run', nowMs) : derivedId('run', endpoint.endpointId, deliveryId);
  return {
    workspaceId: endpoint.workspaceId,
    runId,
    workflowId: endpoint.workflowId,
    workflowName: endpoint.workflowName,
    versionId: endpoint.versionId,
    planHash: endpoint.planHash,
    triggerNodeId: endpoint.nodeId,
    mode: 'webhook',
    originDay: new Date(nowMs).toISOString().slice(0, 10),
    startedAtMs: nowMs,
    save: endpoint.save,
    delivery: {
      endpointId: endpoint.endpointId,
      hash: hashHex(`${endpoint.endpointId}\n${deliveryId ?? randomToken()}`),
      hasId: deliveryId !== null,
    },
    reply: endpoint.answer === 'now' ? 'none' : endpoint.answer,
    ...(endpoint.answer === 'end' ? { replyStatus: endpoint.endStatus } : {}),
  };
}
