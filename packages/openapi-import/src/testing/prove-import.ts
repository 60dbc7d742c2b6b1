import { createConnectorRuntime } from '@millwright/connector-runtime';
import { ContractMock } from '@millwright/contract-mock';
import { messageOf } from '@millwright/core';
import { defineConnector, type AuthSpec, type Connector } from '@millwright/node-sdk';
import type { Description } from '@millwright/openapi';
import { importDescription } from '../import-description.ts';
import { toConnectorSpec } from '../to-connector.ts';

/** What became of the operations of a description. */
export interface ImportProof {
  readonly operations: number;
  /** Those whose action sends a request that the description accepts. */
  readonly accepted: number;
  /** Those that refuse parameters with a needed one missing, before anything is sent; of those that need one. */
  readonly refusing: readonly [refusing: number, needing: number];
  readonly faults: readonly string[];
}

function lent(auth: AuthSpec, connector: Connector) {
  const fields = Object.fromEntries(auth.fields.map(({ name, placeholder }) => [name, placeholder ?? 'example']));
  const token = { accessToken: 'token', tokenType: 'Bearer', expiresAtMs: null, extra: {} };
  return { credentialId: 'cred_1', type: `${connector.key}.auth`, auth, fields, token, hosts: connector.hosts, generation: 1 };
}

/** Sends one request per action through the real runtime to the description itself. */
export async function proveImport(description: Description, origin: string): Promise<ImportProof> {
  const imported = importDescription(description, { origin });
  const { connector } = defineConnector(toConnectorSpec(imported));
  const mock = new ContractMock(description);
  const faults = imported.skipped.map(({ operation, why }) => `${operation} left out: ${why}`);
  let accepted = 0;
  const refusing: [number, number] = [0, 0];
  for (const [actionKey, action] of Object.entries(connector.actions)) {
    const auth = connector.auth[action.auth?.[0] ?? Object.keys(connector.auth)[0] ?? ''] ?? { kind: 'none', label: '', fields: [] };
    const runtime = createConnectorRuntime({
      egress: mock,
      lender: { lend: (_ref, borrow) => borrow(lent(auth, connector)), renew: () => Promise.resolve() },
    });
    const port = runtime.forCall({
      credential: auth.kind === 'none' ? null : { workspaceId: 'ws_1', credentialId: 'cred_1' },
      attempt: 1,
      beforeSend: () => Promise.resolve(),
    });
    const before = mock.calls.length;
    const call = {
      connector,
      actionKey,
      action,
      maxItems: 1,
      idempotencyKey: '0123456789abcdef0123456789abcdef0123',
      nowMs: 0,
      signal: new AbortController().signal,
    };
    // What the service answers is not the question here.
    const failure = await port.execute({ ...call, input: action.input.parse(action.example) }).then(() => 'nothing was sent', messageOf);
    const sent = mock.calls[before];
    if (sent !== undefined && sent.refusal === null) accepted++;
    else
      faults.push(
        `${imported.actions[actionKey]?.operation ?? actionKey}: ${sent?.refusal?.faults.map(({ at, message }) => `${at} ${message}`).join('; ') ?? failure}`,
      );
    const [needed] = Object.entries(action.input.shape).find(([, field]) => !field.safeParse(undefined).success) ?? [];
    if (needed === undefined) continue;
    refusing[1]++;
    const { [needed]: _missing, ...rest } = action.example as Readonly<Record<string, unknown>>;
    if (!action.input.safeParse(rest).success) refusing[0]++;
  }
  return { operations: mock.operations.length, accepted, refusing, faults };
}
