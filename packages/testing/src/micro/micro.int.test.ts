import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwner, startEcho, startProduct, type Echo, type Product } from '../index.ts';
import { graphRules } from './graph/graph-rules.ts';
import { nodeRules } from './nodes/node-rules.ts';
import { found, wanted } from './compare.ts';
import type { Micro } from './micro.ts';
import { Mill, type Outcome } from './mill.ts';

const rules = [...graphRules, ...nodeRules];
const micros = rules.flatMap((one) => one.micros);
/** So many are published and started at the same time. */
const SIDE_BY_SIDE = 8;

let product: Product | undefined;
let echo: Echo | undefined;
const outcomes = new Map<Micro, Promise<Outcome>>();

/** All of them at once, a few side by side; each case below only looks at its own. */
beforeAll(async () => {
  echo = await startEcho();
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: echo.host } });
  const mill = new Mill({ owner: await createOwner(product), echo });
  const lanes = Array.from({ length: SIDE_BY_SIDE }, () => Promise.resolve());
  for (const [index, micro] of micros.entries()) {
    const outcome = (lanes[index % SIDE_BY_SIDE] ?? Promise.resolve()).then(() => mill.run(micro));
    outcomes.set(micro, outcome);
    lanes[index % SIDE_BY_SIDE] = outcome.then(
      () => undefined,
      () => undefined,
    );
  }
});
afterAll(async () => {
  await Promise.allSettled(outcomes.values());
  await product?.remove();
  echo?.stop();
});

describe.each(rules)('$rule', ({ micros: cases }) => {
  it.each(cases)('$name', async (micro) => {
    const outcome = (await outcomes.get(micro)) ?? { refused: ['it was never run'] };
    expect(found(micro, outcome)).toEqual(wanted(micro));
  });
});
