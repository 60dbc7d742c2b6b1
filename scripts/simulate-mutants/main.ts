/**
 * `npm run simulate:mutants`: breaks sixteen rules of the design one at a time, in a copy of the checkout, and expects the simulation to
 * notice each within 10,000 seeds. Prints a table, and ends with code 1 when one lives.
 *
 * Options: `--only text` part of a rule or name, `--seeds N` (default 10,000), `--fits` only checks that every patch still fits.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyCheckout, type CheckoutCopy } from '../prove/checkout-copy.ts';
import { MUTATIONS, type Mutation } from './mutations/index.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
/** A mutant that hangs is noticed too, ms. */
const LONGEST_MS = 1_800_000;

/** Plays seeds in the copy; what the first that does not hold says, or null. */
function hunt(copy: CheckoutCopy, name: string, seeds: number): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const args = [path.join(copy.dir, 'scripts/simulate-mutants/hunt.ts'), name, `${seeds}`];
  const child = spawn(process.execPath, args, { cwd: copy.dir, stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_MS });
  let [told, broke] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (broke += chunk.toString()));
  child.on('error', reject);
  child.on('close', (code) => {
    if (code === 0) resolve(null);
    else if (code === 1 && told !== '') resolve(told.trim());
    else if (code === null) resolve('it hangs');
    else reject(new Error(`the simulation could not be played: ${broke.slice(0, 2_000)}`));
  });
  return promise;
}

async function play(copy: CheckoutCopy, { rule, name, caughtBy, patches }: Mutation, seeds: number | null): Promise<boolean> {
  const undo = await copy.patch(patches);
  try {
    if (seeds === null) return true;
    const began = performance.now();
    const seed = await hunt(copy, caughtBy, seeds);
    const [number, wrong = ''] = (seed ?? 'LIVES').split('\t');
    say(
      `| ${rule} | ${name} | ${caughtBy} | ${number} | ${Math.round((performance.now() - began) / 1_000)} s | ${wrong.replaceAll('|', '/')} |`,
    );
    return seed !== null;
  } finally {
    await undo();
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '10000' },
    fits: { type: 'boolean', default: false },
  },
});
const mutations = MUTATIONS.filter(({ rule, name }) => `${rule} ${name}`.includes(values.only));
const copy = await copyCheckout();
try {
  const alive: string[] = [];
  if (!values.fits) say('| rule | broken | simulation | caught by seed | after | what it says |\n|---|---|---|---|---|---|');
  for (const mutation of mutations) if (!(await play(copy, mutation, values.fits ? null : Number(values.seeds)))) alive.push(mutation.name);
  say(alive.length === 0 ? `\n${mutations.length} mutations ${values.fits ? 'fit' : 'caught'}` : `\nnot caught:\n${alive.join('\n')}`);
  process.exitCode = alive.length === 0 && mutations.length > 0 ? 0 : 1;
} finally {
  await copy.remove();
}
