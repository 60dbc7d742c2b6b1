import { sketchDocument } from './documents.ts';
import { eventually } from './eventually.ts';
import type { SignedIn } from './owner.ts';

/** A trigger to be published, alone in its workflow. */
export interface TriggerSketch {
  /** `rss.entryAdded` */
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** In the slot `auth`. Default none. */
  readonly credentialId?: string;
  /** Published again. Default: a new workflow. */
  readonly workflowId?: string;
}

/** Workflows that only listen, and what started them. */
export interface TriggerDesk {
  /** @returns the workflow's id */
  readonly publish: (trigger: TriggerSketch) => Promise<string>;
  readonly state: (workflowId: string) => Promise<Awaited<ReturnType<SignedIn['client']['workflows']['triggers']>>['triggers'][number]>;
  /** Resolves when the trigger is in a state. */
  readonly reaches: (workflowId: string, status: string) => Promise<unknown>;
  /**
   * What started the runs of a workflow: a text field of each event, sorted; resolves when there are that many, all ended.
   * @param field of the event's data
   */
  readonly started: (workflowId: string, count: number, field: string) => Promise<readonly string[]>;
}

const NODE = 'begin';

/** Makes one for a person who is signed in. */
export function triggerDesk({ client }: SignedIn): TriggerDesk {
  let made = 0;
  const state: TriggerDesk['state'] = async (workflowId) => {
    const [trigger] = (await client.workflows.triggers({ workflowId })).triggers;
    if (trigger === undefined) throw new Error('no trigger');
    return trigger;
  };
  return {
    state,
    publish: async ({ type, parameters, credentialId, workflowId: known }) => {
      const workflowId = known ?? (await client.workflows.create({ body: { name: `Listens ${++made}` } })).id;
      const { revision } = await client.drafts.get({ workflowId });
      const document = sketchDocument('Listens', [[NODE, type, parameters]], []);
      const nodes = document.nodes.map((node) => ({ ...node, credentials: credentialId === undefined ? {} : { auth: credentialId } }));
      await client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
      await client.workflows.publish({ workflowId, body: {} });
      return workflowId;
    },
    reaches: (workflowId, status) => eventually(async () => (await state(workflowId)).status === status, 30_000),
    started: (workflowId, count, field) =>
      eventually(async () => {
        const { items } = await client.runs.list({ workflowId });
        if (items.length < count || items.some((run) => run.status !== 'succeeded')) return null;
        const pattern = new RegExp(`"${field}":"([^"]*)"`);
        const ids = items.map(async ({ id: runId }) => {
          const { outputs } = await client.runs.getNodeRun({ runId, nodeId: NODE, runIndex: 0 });
          return pattern.exec(JSON.stringify(outputs))?.[1] ?? '';
        });
        return (await Promise.all(ids)).toSorted();
      }, 60_000),
  };
}
