import { InvariantError } from '@millwright/core';
import { WORKSPACE_METADATA, workspaceOf } from '@millwright/temporal-protocol';
import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

const encoder = new TextEncoder();

/**
 * JSON as the SDK writes it, tagged with the workspace that the value names.
 * Outside of the Temporal workflow many workspaces share the process, so a value that names none is refused.
 */
export const payloadConverter: PayloadConverter = {
  toPayload<T>(value: T): Payload {
    const workspaceId = workspaceOf(value);
    if (workspaceId === undefined)
      throw new InvariantError({ code: 'payload_without_workspace', message: 'a value for Temporal names no workspace' });
    const payload = defaultPayloadConverter.toPayload(value);
    return { ...payload, metadata: { ...payload.metadata, [WORKSPACE_METADATA]: encoder.encode(workspaceId) } };
  },
  fromPayload<T>(payload: Payload): T {
    return defaultPayloadConverter.fromPayload<T>(payload);
  },
};
