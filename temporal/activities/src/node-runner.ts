import { UserError } from '@millwright/core';
import type { NodeRunner } from '@millwright/executor';
import type { NodeRunners } from '@millwright/node-registry';
import { createNodeCode, type CodeMachinery } from './node-code.ts';
import { createNodeHttp, type NodeHttpOptions } from './node-http.ts';

/** What running nodes takes. */
export interface NodeRunnerOptions {
  /** From `loadRunners`. */
  readonly runners: Pick<NodeRunners, 'get'>;
  readonly egress: NodeHttpOptions['egress'];
  /** Absent: programs are not run here. */
  readonly code?: CodeMachinery;
}

/** Runs the actions of node packages in this process, with the network through the egress. */
export function createNodeRunner({ runners, egress, code }: NodeRunnerOptions): NodeRunner {
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
      const http = createNodeHttp({ egress, signal, idempotencyKey, beforeSend });
      const programs = code === undefined || call.node.effect !== 'code' ? {} : { code: createNodeCode(code, egress, call) };
      return { items: await action.invoke({ parameters, item, items, itemIndex, nowMs, signal, idempotencyKey, http, ...programs }) };
    },
  };
}
