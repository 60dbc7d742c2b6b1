import { publishSketch } from '../../../packages/testing/src/index.ts';
import { backAgain, deliver, pidOf, type Ground } from '../ground.ts';
import { hook, write } from '../sketches.ts';
import { Judge, judgeEffects, judgeEnd } from '../verdict.ts';
import type { Case } from './index.ts';

const NAME = "kill between the answer and the ledger's done";

/** On a machine with too much to do the process is sometimes dead before the last byte of the answer has left: then once more. */
const TRIES = 3;

/** @returns the workflow of the run, and whether the process died when the whole answer had left */
async function killAtAnswer(ground: Ground, number: number): Promise<{ readonly workflowId: string; readonly isHit: boolean }> {
  const { echo, owner } = ground;
  const path = `/lost/${number}`;
  const { url, workflowId } = await publishSketch(owner, `${NAME} ${number}`, {
    nodes: [hook('now'), write('first', `${echo.url}${path}/first`), write('second', `${echo.url}${path}/second`)],
    edges: ['hook -> first', 'first -> second'],
  });
  const pid = await pidOf(ground, 'server');
  await echo.rule({ path: `${path}/first`, times: 1, killAt: 'answer', pid });
  await deliver(url, `lost ${number}`, { tag: `lost ${number}` });
  await backAgain(ground, pid);
  const [first] = await echo.records(`${path}/first`);
  return { workflowId, isHit: first?.end === 'answered' };
}

/** The vendor itself kills the process in the moment in which its answer has left: the write is repeated with the same key. */
export const lostAnswer: Case = {
  name: NAME,
  play: async (ground) => {
    const { echo } = ground;
    const tries = [await killAtAnswer(ground, 1)];
    while (tries.every(({ isHit }) => !isHit) && tries.length < TRIES) tries.push(await killAtAnswer(ground, tries.length + 1));
    return async () => {
      const judge = new Judge();
      for (const { workflowId } of tries) await judgeEnd(judge, ground, { workflowId, withinMs: 90_000 });
      const first = await echo.records(`/lost/${tries.length}/first`);
      judge.expect(first.length >= 2 && first[0]?.end === 'answered', `the kill missed its moment ${tries.length} times`);
      const effects = judgeEffects(judge, await echo.records('/lost'), 2 * tries.length);
      return {
        name: NAME,
        counts: { requests: effects.requests, keys: effects.keys, repeats: effects.repeats },
        violations: judge.violations,
      };
    };
  },
};
