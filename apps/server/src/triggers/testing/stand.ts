import {
  createOwner,
  startProduct,
  triggerDesk,
  WITH_TEST_NODES,
  type Product,
  type SignedIn,
  type TriggerDesk,
} from '@millwright/testing';
import { startShop, type Shop } from './shop.ts';

/** A product with its owner, and a service whose events start runs. */
export interface TriggerStand {
  readonly product: Product;
  readonly owner: SignedIn;
  readonly shop: Shop;
  readonly credential: (token?: string) => Promise<string>;
  /** Publishes a workflow that listens to a shelf; publishes it again where an id is given. */
  readonly publish: (trigger: string, parameters: Readonly<Record<string, string>>, of: PublishOf) => Promise<string>;
  readonly state: TriggerDesk['state'];
  readonly reaches: TriggerDesk['reaches'];
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
  const desk = triggerDesk(owner);
  let made = 0;
  return {
    product,
    owner,
    shop,
    state: desk.state,
    reaches: desk.reaches,
    started: (workflowId, count) => desk.started(workflowId, count, 'id'),
    credential: async (token = 't') => {
      const body = {
        type: 'testconnector.bearer',
        name: `Shop ${++made}`,
        fields: { baseUrl: shop.url, token },
        hosts: ['127.0.0.1'],
      };
      return (await client.credentials.create({ body })).id;
    },
    publish: (trigger, parameters, of) => desk.publish({ type: `testconnector.${trigger}`, parameters, ...of }),
    remove: async () => {
      await product.remove();
      await shop.stop();
    },
  };
}
