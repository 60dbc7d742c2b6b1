import type { ConnectorRuntime } from '@millwright/connector-runtime';
import { UserError } from '@millwright/core';
import { withinWorkspace } from '@millwright/egress';
import type { NodeCall, NodeRunner } from '@millwright/executor';
import type { NodeRunners } from '@millwright/node-registry';
import type { ConnectorPort, NodeInvocation, SocketPort } from '@millwright/node-sdk';
import { createNodeCode, type CodeMachinery } from './node-code.ts';
import { credentialOf, requiredCredential } from './node-credentials.ts';
import { createNodeHttp, oncePerAttempt, type NodeHttpOptions } from './node-http.ts';

/** What running nodes takes. */
export interface NodeRunnerOptions {
  /** From `loadRunners`. */
  readonly runners: Pick<NodeRunners, 'get'>;
  readonly egress: NodeHttpOptions['egress'];
  /** Absent: declared actions are not run here. */
  readonly connectors?: Pick<ConnectorRuntime, 'forCall' | 'sendSigned' | 'pace' | 'socketsFor'>;
  /** Absent: programs are not run here. */
  readonly code?: CodeMachinery;
}

/** The slot of `node.credentials` that declared actions take theirs from. */
const CREDENTIAL_SLOT = 'auth';

/** The runtime of connectors as one call sees it: the write is stored as leaving before its first request does. */
function connectorOf(connectors: NonNullable<NodeRunnerOptions['connectors']>, call: NodeCall): ConnectorPort {
  const { attempt, beforeSend } = call;
  return connectors.forCall({ credential: credentialOf(call, CREDENTIAL_SLOT), attempt, beforeSend: oncePerAttempt(beforeSend) });
}

/** Requests that a node writes itself: signed by a credential of its, in batches that all calls of the step share. */
function signedOf(connectors: NonNullable<NodeRunnerOptions['connectors']>, call: NodeCall): Pick<NodeHttpOptions, 'signed' | 'pace'> {
  return {
    pace: (pace) => connectors.pace(`${call.header.runId}/${call.node.id}`, pace, call.signal),
    signed: async (slot, request, beforeSend) =>
      connectors.sendSigned(request, { credential: requiredCredential(call, slot), beforeSend, signal: call.signal }),
  };
}

/** Sessions of one call: what the first one stores as leaving holds for all of them. */
function socketsOf(connectors: NonNullable<NodeRunnerOptions['connectors']>, call: NodeCall): SocketPort {
  const { idempotencyKey, signal } = call;
  const beforeSend = oncePerAttempt(call.beforeSend);
  return connectors.socketsFor((slot) => ({
    credential: requiredCredential(call, slot),
    isWrite: idempotencyKey !== null,
    beforeSend,
    signal,
  }));
}

/** What the runtime of connectors gives to a call. */
function connectorPorts(connectors: NodeRunnerOptions['connectors'], call: NodeCall): Pick<NodeInvocation, 'connector' | 'sockets'> {
  return connectors === undefined ? {} : { connector: connectorOf(connectors, call), sockets: socketsOf(connectors, call) };
}

/** Runs the actions of node packages in this process, with the network through the egress. */
export function createNodeRunner({ runners, egress, code, connectors }: NodeRunnerOptions): NodeRunner {
  return {
    run: async (call) => {
      const { type, version } = call.node;
      const action = runners.get(type, version);
      if (action === undefined) {
        throw new UserError('notFound', {
          code: 'node_type_missing',
          message: `${type} version ${version} is not installed here`,
          hint: 'Ask an admin to install its package again.',
        });
      }
      const { parameters, item, items, itemIndex, nowMs, signal, idempotencyKey, beforeSend } = call;
      const signed = connectors === undefined ? {} : signedOf(connectors, call);
      const http = createNodeHttp({ egress, signal, idempotencyKey, beforeSend, ...signed });
      const programs = code === undefined || call.node.effect !== 'code' ? {} : { code: createNodeCode(code, egress, call) };
      const connected = Object.entries(call.credentials).flatMap(([slot, credentialId]) => (credentialId === '' ? [] : [slot]));
      const ports = { http, connected, ...programs, ...connectorPorts(connectors, call) };
      const input = { parameters, item, items, itemIndex, nowMs, signal, idempotencyKey, ...ports };
      return { items: await withinWorkspace(call.header.workspaceId, () => action.invoke(input)) };
    },
  };
}
