import { copyCheckout, type CheckoutCopy } from '../prove/checkout-copy.ts';
import type { Patch } from '../prove/mutations/index.ts';

const VERSIONS = 'packages/engine/src/version.ts';
const RULES = '{ 1: { runLimit: 10_000 } }';

/** Plans are compiled for version 2, whose runs end after three node runs. */
const NEXT: Patch = { file: VERSIONS, find: 'export const ENGINE_VERSION = 1;', replace: 'export const ENGINE_VERSION = 2;' };
const rules = (replace: string): Patch => ({ file: VERSIONS, find: RULES, replace });

/** Runs of this build do not replay on the next one: one timer more before the first segment. */
const OTHER_HOST: Patch = {
  file: 'temporal/workflows/src/run-graph.ts',
  find: '  let hoisted = await joinHoisted(input);',
  replace: '  await sleep(CLOSE_TASK_MS);\n  let hoisted = await joinHoisted(input);',
};

/** A build to come, with another version of the engine; a checkout of its own. */
export interface NextBuild extends Pick<CheckoutCopy, 'dir' | 'remove'> {
  /** Takes version 1 out of it. */
  readonly drop: () => Promise<void>;
}

/** Makes it. @param how `otherHost`: its Temporal workflow is another one too */
export async function makeNextBuild(how: { readonly otherHost: boolean }): Promise<NextBuild> {
  const copy = await copyCheckout();
  const undo = await copy.patch([NEXT, rules('{ 1: { runLimit: 10_000 }, 2: { runLimit: 3 } }'), ...(how.otherHost ? [OTHER_HOST] : [])]);
  return {
    dir: copy.dir,
    remove: copy.remove,
    drop: async () => {
      await undo();
      await copy.patch([NEXT, rules('{ 2: { runLimit: 3 } }')]);
    },
  };
}
