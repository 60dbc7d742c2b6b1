import { copyCheckout, type CheckoutCopy } from '../prove/checkout-copy.ts';
import type { Patch } from '../prove/mutations/index.ts';

const KEPT = 'packages/engine/src/rules.ts';
const RULES = '{ 1: FIRST, 2: SECOND }';
const SHORT = '{ ...SECOND, runLimit: 3 }';

/** Plans are compiled for version 3, whose runs end after three node runs. */
const NEXT: Patch = {
  file: 'packages/engine/src/version.ts',
  find: 'export const ENGINE_VERSION = 2;',
  replace: 'export const ENGINE_VERSION = 3;',
};
const rules = (replace: string): Patch => ({ file: KEPT, find: RULES, replace });

/** Runs of this build do not replay on the next one: one timer more before the first segment. */
const OTHER_HOST: Patch = {
  file: 'temporal/workflows/src/run-segments.ts',
  find: '  let hoisted = await joinHoisted(input, ports);',
  replace: '  await ports.sleep(CLOSE_TASK_MS);\n  let hoisted = await joinHoisted(input, ports);',
};

/** A build to come, with another version of the engine; a checkout of its own. */
export interface NextBuild extends Pick<CheckoutCopy, 'dir' | 'remove'> {
  /** Takes version 2 out of it. */
  readonly drop: () => Promise<void>;
}

/** Makes it. @param how `otherHost`: its Temporal workflow is another one too */
export async function makeNextBuild(how: { readonly otherHost: boolean }): Promise<NextBuild> {
  const copy = await copyCheckout();
  const undo = await copy.patch([NEXT, rules(`{ 1: FIRST, 2: SECOND, 3: ${SHORT} }`), ...(how.otherHost ? [OTHER_HOST] : [])]);
  return {
    dir: copy.dir,
    remove: copy.remove,
    drop: async () => {
      await undo();
      await copy.patch([NEXT, rules(`{ 1: FIRST, 3: ${SHORT} }`)]);
    },
  };
}
