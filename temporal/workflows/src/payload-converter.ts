import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { WORKSPACE_METADATA, workspaceOf } from '@millwright/temporal-protocol';

/** Of the run that this copy of the module belongs to: each run has its own modules, never another's. */
let runsWorkspace: string | undefined;

/** The workspace of the run whose input was read; undefined before that. */
export function currentWorkspace(): string | undefined {
  return runsWorkspace;
}

// No TextEncoder before the run's globals exist; ids are ASCII.
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * JSON as the SDK writes it, tagged with the workspace whose key the codec has to use.
 * The run's input comes first and names it; what says nothing itself (failures) is the run's.
 */
export const payloadConverter: PayloadConverter = {
  toPayload<T>(value: T): Payload {
    const payload = defaultPayloadConverter.toPayload(value);
    const workspaceId = workspaceOf(value) ?? runsWorkspace;
    return workspaceId === undefined
      ? payload
      : { ...payload, metadata: { ...payload.metadata, [WORKSPACE_METADATA]: ascii(workspaceId) } };
  },
  fromPayload<T>(payload: Payload): T {
    const value = defaultPayloadConverter.fromPayload<T>(payload);
    runsWorkspace ??= workspaceOf(value);
    return value;
  },
};
