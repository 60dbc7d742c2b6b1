import { startEcho, type Echo } from './echo.ts';
import { createOwner, type SignedIn } from './owner.ts';
import { startProduct, type Product } from './product.ts';

/** A running product with its owner signed in, and an echo server that its workflows may call. */
export interface Stage {
  readonly product: Product;
  readonly owner: SignedIn;
  readonly echo: Echo;
  /** Stops both, and removes what the product stored. */
  readonly remove: () => Promise<void>;
}

/** The environment of a product in which the node types for tests can be used too. */
export const WITH_TEST_NODES: Readonly<Record<string, string>> = { MILLWRIGHT_TEST_NODES: '1', NODE_ENV: 'development' };

/** Starts an echo server and a product that may call it, and creates the owner. @param env settings of the product besides */
export async function startStage(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const echo = await startEcho();
  try {
    const product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: echo.host, ...env } });
    const remove = async (): Promise<void> => {
      await product.remove();
      echo.stop();
    };
    return { product, owner: await createOwner(product), echo, remove };
  } catch (thrown) {
    echo.stop();
    throw thrown;
  }
}
