import { ConnectorError, InvariantError, messageOf, MillwrightError } from '@millwright/core';
import { ExpressionError } from '@millwright/expressions';
import type { RunError } from '@millwright/workflow';
import { CREDENTIAL_RECONNECT } from '../waits/holds.ts';

/** Where something failed. */
export interface Place {
  readonly nodeId: string;
  readonly itemIndex?: number;
}

/** An error as it is stored and shown; never a stack, never a payload. */
export function toRunError(thrown: unknown, place: Place): RunError {
  const where = placeOf(thrown, place);
  if (!(thrown instanceof MillwrightError) || thrown instanceof InvariantError) {
    return {
      code: 'node_broken',
      message: `The step failed unexpectedly: ${messageOf(thrown)}`,
      hint: 'This is a fault in the step itself. Report it to whoever maintains it.',
      ...where,
    };
  }
  const field = thrown instanceof ExpressionError ? thrown.field : thrown.details?.['field'];
  return {
    code: thrown.code,
    message: thrown.message,
    ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
    ...where,
    ...(typeof field === 'string' ? { field: field.replace(/^parameters\./, '') } : {}),
    ...(thrown.details?.['reason'] === 'timeout' ? { reason: 'timeout' } : {}),
    ...(thrown instanceof ConnectorError ? { kind: thrown.kind } : {}),
    ...(typeof thrown.retry === 'object' ? { retryAfterMs: thrown.retry.afterMs } : {}),
    ...deadCredential(thrown),
    ...(thrown.details?.['newKey'] === true ? { newKey: true } : {}),
  };
}

/** The credential that somebody has to reconnect. */
function deadCredential({ code, details }: MillwrightError): Pick<RunError, 'credentialId'> {
  const credentialId = code === CREDENTIAL_RECONNECT ? details?.['credentialId'] : undefined;
  return typeof credentialId === 'string' ? { credentialId } : {};
}

/** The item that failed, and the place in a program: a call for a whole list may know which. */
function placeOf(thrown: unknown, { nodeId, itemIndex = -1 }: Place): Pick<RunError, 'nodeId' | 'itemIndex' | 'line' | 'column'> {
  const { itemIndex: blamed, line, column } = (thrown instanceof MillwrightError ? thrown.details : undefined) ?? {};
  const item = itemIndex < 0 ? blamed : itemIndex;
  return {
    nodeId,
    ...(typeof item === 'number' ? { itemIndex: item } : {}),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof column === 'number' ? { column } : {}),
  };
}

/** What items say of an error: `runId` is the called run that failed. */
type ErrorJson = Pick<RunError, 'code' | 'message' | 'hint' | 'runId'>;

/** The data of the item that stands for a failed one. */
export function errorJson({ code, message, hint, runId }: RunError): ErrorJson {
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(runId === undefined ? {} : { runId }) };
}
