import type { CredentialRef } from '@millwright/connector-runtime';
import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import type { triggerHosting } from '@millwright/db';
import type { PollInvocation } from '@millwright/node-sdk';
import { createNodeHttp } from '@millwright/temporal-activities';
import { credentialOf, type TriggerParts } from './trigger-parts.ts';

/** Polls change nothing, so nothing is stored as leaving. */
const NOTHING_LEAVES = (): Promise<void> => Promise.resolve();

function requiredCredential(binding: triggerHosting.ClaimedBinding): CredentialRef {
  const credential = credentialOf(binding.workspaceId, binding, binding.versionId);
  if (credential !== null) return credential;
  throw new UserError('invalid', {
    code: 'credential_missing',
    message: 'no connection was chosen for the trigger',
    hint: 'Choose one in the trigger and publish again.',
  });
}

/** What a trigger of a package asks with: the guarded network, its credential, and where it was. */
export function invocationOf(
  { egress, connectors, starts }: Pick<TriggerParts, 'egress' | 'connectors' | 'starts'>,
  binding: triggerHosting.ClaimedBinding,
  { signal, state }: { readonly signal: AbortSignal; readonly state: JsonValue | null },
): PollInvocation {
  const call = { signal, beforeSend: NOTHING_LEAVES };
  const http = createNodeHttp({
    ...call,
    egress,
    idempotencyKey: null,
    signed: async (_slot, request, beforeSend) =>
      connectors.sendSigned(request, { credential: requiredCredential(binding), beforeSend, signal }),
  });
  return {
    parameters: binding.input,
    state: isJsonObject(state) ? state : null,
    takesAll: binding.takesAll,
    http,
    sockets: connectors.socketsFor(() => ({ ...call, credential: requiredCredential(binding), isWrite: false })),
    signal,
    nowMs: starts.clock.nowMs(),
  };
}
