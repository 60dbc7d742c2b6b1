import { messageOf, MillwrightError, TransientError, type WorkspaceId } from '@millwright/core';
import { FAILURE_TYPES } from '@millwright/temporal-protocol';
import { ApplicationFailure } from '@temporalio/common';

/**
 * What an error means to Temporal; the only place that decides it. One of our own dependencies away: again, for ever.
 * Anything else is a bug of ours, as segments turn every failure of a node into a result: not again.
 * The workspace goes along, since the failure's texts are encrypted with its key.
 */
export function toTemporalFailure(thrown: unknown, workspaceId: WorkspaceId): ApplicationFailure {
  const isTransient = thrown instanceof TransientError;
  const code = thrown instanceof MillwrightError ? thrown.code : 'internal_error';
  return ApplicationFailure.create({
    type: isTransient ? FAILURE_TYPES.transient : FAILURE_TYPES.broken,
    nonRetryable: !isTransient,
    message: messageOf(thrown),
    details: [{ workspaceId, code }],
  });
}
