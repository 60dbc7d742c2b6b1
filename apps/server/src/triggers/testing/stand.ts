import { createOwner, eventually, sketchDocument, startProduct, WITH_TEST_NODES, type Product, type SignedIn } from '@millwright/testing';
import { startShop, type Shop } from './shop.ts';

/** A product with its owner, and a service whose events start runs. */
export interface TriggerStand {
  readonly product: Product;
  readonly owner: SignedIn;
  readonly shop: Shop;
  readonly credential: (token?: string) => Promise<string>;
  /** Publishes a workflow that listens to a shelf; publishes it again where an id is given. */
  readonly publish: (trigger: string, parameters: Readonly<Record<string, string>>, of: PublishOf) => Promise<string>;
  readonly state: (workflowId: string) => Promise<Awaited<ReturnType<SignedIn['client']['workflows']['triggers']>>['triggers'][number]>;
  /** Resolves when the trigger is in a state. */
  readonly reaches: (workflowId: string, status: string) => Promise<unknown>;
  /** What started the runs of a workflow: an id of a thing each, sorted; resolves when there are that many, all ended. */
  readonly started: (workflowId: string, count: number) => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

/** With which credential, and which workflow. */
export interface PublishOf {
  readonly credentialId: string;
  readonly workflowId?: string;
}

/** Starts all of it. */
export async function startTriggerStand(): Promise<TriggerStand> {
  const shop = await startShop();
  const product = await startProduct({ env: { ...WITH_TEST_NODES, MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  const owner = await createOwner(product);
  const { client } = owner;
  let made = 0;
  const state: TriggerStand['state'] = async (workflowId) => {
    const [trigger] = (await client.workflows.triggers({ workflowId })).triggers;
    if (trigger === undefined) throw new Error('no trigger');
    return trigger;
  };
  return {
    product,
    owner,
    shop,
    state,
    credential: async (token = 't') => {
      const body = {
        type: 'testconnector.bearer',
        name: `Shop ${++made}`,
        fields: { baseUrl: shop.url, token },
        hosts: ['127.0.0.1'],
      };
      return (await client.credentials.create({ body })).id;
    },
    publish: async (trigger, parameters, of) => {
      const workflowId = of.workflowId ?? (await client.workflows.create({ body: { name: `Listens ${++made}` } })).id;
      const { revision } = await client.drafts.get({ workflowId });
      const document = sketchDocument('Listens', [['begin', `testconnector.${trigger}`, parameters]], []);
      const nodes = document.nodes.map((node) => ({ ...node, credentials: { auth: of.credentialId } }));
      await client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
      await client.workflows.publish({ workflowId, body: {} });
      return workflowId;
    },
    reaches: (workflowId, status) => eventually(async () => (await state(workflowId)).status === status, 30_000),
    started: (workflowId, count) =>
      eventually(async () => {
        const { items } = await client.runs.list({ workflowId });
        if (items.length < count || items.some((run) => run.status !== 'succeeded')) return null;
        const ids = items.map(async ({ id: runId }) => {
          const { outputs } = await client.runs.getNodeRun({ runId, nodeId: 'begin', runIndex: 0 });
          return /"id":"([^"]*)"/.exec(JSON.stringify(outputs))?.[1] ?? '';
        });
        return (await Promise.all(ids)).toSorted();
      }, 60_000),
    remove: async () => {
      await product.remove();
      await shop.stop();
    },
  };
}
