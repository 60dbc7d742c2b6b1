/**
 * `npm run prove:mutants`: breaks the rules of durability one at a time, in a copy of the checkout, and expects the proof to
 * notice each. First the copy as it is has to pass. Ends with code 1 when a mutant lives.
 *
 * Options: `--only text` names of mutations, `--fits` only checks that every patch still fits.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyCheckout, type CheckoutCopy } from './checkout-copy.ts';
import { MUTATIONS, type Mutation } from './mutations/index.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Plays cases in the copy; 0: they hold, 1: they do not, anything else: they could not be played. */
function play(copy: CheckoutCopy, cases: readonly string[]): number | null {
  const args = [path.join(copy.dir, 'scripts/prove/main.ts'), '--only', cases.join(',')];
  return spawnSync(process.execPath, args, { cwd: copy.dir, stdio: 'inherit', timeout: 600_000 }).status;
}

async function isCaught(copy: CheckoutCopy, mutation: Mutation, fitsOnly: boolean): Promise<boolean> {
  say(`\n── ${mutation.name}`);
  const undo = await copy.patch(mutation.patches);
  try {
    const caught = fitsOnly || play(copy, [mutation.caughtBy]) === 1;
    say(fitsOnly ? 'fits' : `${caught ? 'caught' : 'LIVES'}: ${mutation.name}`);
    return caught;
  } finally {
    await undo();
  }
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, fits: { type: 'boolean', default: false } } });
const mutations = MUTATIONS.filter(({ name }) => name.includes(values.only));
const copy = await copyCheckout();
try {
  const alive: string[] = [];
  if (!values.fits) {
    say('── the copy as it is');
    if (
      play(
        copy,
        mutations.map((one) => one.caughtBy),
      ) !== 0
    )
      alive.push('the proof does not hold without any mutation');
  }
  if (alive.length === 0) for (const mutation of mutations) if (!(await isCaught(copy, mutation, values.fits))) alive.push(mutation.name);
  say(alive.length === 0 ? `\n${mutations.length} mutations ${values.fits ? 'fit' : 'caught'}` : `\nnot caught:\n${alive.join('\n')}`);
  process.exitCode = alive.length === 0 && mutations.length > 0 ? 0 : 1;
} finally {
  await copy.remove();
}
