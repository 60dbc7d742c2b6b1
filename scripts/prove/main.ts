/**
 * `npm run prove:durable`: accepts runs on a real install, kills its parts as the kernel would, and counts what became of every
 * run and every effect. Ends with code 1 on any violation, and with 2 when the install could not be started.
 *
 * Options: `--runs N` per round (default 200; of each construct a twentieth), `--only a,b` names of rounds and cases, `--times N`
 * (default 1).
 */
import { parseArgs } from 'node:util';
import { LONG_CASES, QUICK_CASES } from './cases/index.ts';
import { playConstructs, type ConstructRoundOptions } from './construct-round.ts';
import { closeGround, openGround, type Ground } from './ground.ts';
import { playRound, type RoundOptions } from './round.ts';
import { tableOf, type Verdict } from './verdict.ts';

const ROUNDS: readonly Omit<RoundOptions, 'runs' | 'waitSeconds'>[] = [
  { name: 'server killed', victims: ['server'] },
  { name: 'temporal killed', victims: ['temporal'] },
  { name: 'postgres killed', victims: ['postgres'] },
  { name: 'all three killed', victims: ['server', 'temporal', 'postgres'] },
];

/** Longer than a lease and than Temporal waits for a task, shorter than a caller is held. */
const FROZEN_MS = 25_000;

const FROZEN_ROUNDS: typeof ROUNDS = (['server', 'temporal', 'postgres'] as const).map((part) => ({
  name: `${part} frozen`,
  victims: [part],
  frozenMs: FROZEN_MS,
}));

const CONSTRUCT_ROUNDS: readonly Omit<ConstructRoundOptions, 'runs'>[] = [
  ...ROUNDS.map((round) => ({ ...round, name: `constructs: ${round.name}` })),
  { name: 'constructs: all three killed twice', victims: ['server', 'temporal', 'postgres'], isTwice: true },
];

/** Long enough to accept everything meanwhile on a slow machine. */
const WAIT_SECONDS = 20;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function prove(name: string, ground: Ground, work: () => Promise<Verdict>): Promise<Verdict> {
  say(`… ${name}`);
  const verdict = await work().catch((thrown: unknown): Verdict => ({
    name,
    counts: {},
    violations: [String(thrown instanceof Error ? thrown.stack : thrown)],
  }));
  say(tableOf([verdict]));
  await ground.install.ready().catch((thrown: unknown) => say(String(thrown)));
  return verdict;
}

async function proveAll(time: number, options: { readonly runs: number; readonly only: readonly string[] }): Promise<readonly Verdict[]> {
  const isAsked = (name: string): boolean => options.only.length === 0 || options.only.some((one) => name.startsWith(one));
  const ground = await openGround().catch((thrown: unknown) => {
    say(String(thrown));
    process.exit(2);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void closeGround(ground).finally(() => process.exit(130)));
  const verdicts: Verdict[] = [];
  try {
    for (const round of [...ROUNDS, ...FROZEN_ROUNDS].filter(({ name }) => isAsked(name))) {
      verdicts.push(
        await prove(round.name, ground, async () => {
          const judge = await playRound(ground, { ...round, runs: options.runs, waitSeconds: WAIT_SECONDS });
          return judge();
        }),
      );
    }
    for (const round of CONSTRUCT_ROUNDS.filter(({ name }) => isAsked(name))) {
      const runs = Math.max(3, Math.ceil(options.runs / 20));
      verdicts.push(await prove(round.name, ground, async () => (await playConstructs(ground, { ...round, runs }))()));
    }
    for (const { name, play } of [...QUICK_CASES, ...LONG_CASES].filter((one) => isAsked(one.name))) {
      verdicts.push(await prove(name, ground, async () => (await play(ground))()));
    }
  } finally {
    await closeGround(ground);
  }
  say(`\nrun ${time}, ${options.runs} runs per round\n${tableOf(verdicts)}\n`);
  return verdicts;
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, only: { type: 'string', default: '' }, times: { type: 'string', default: '1' } },
});
const only = values.only.split(',').filter((name) => name !== '');
const verdicts: Verdict[] = [];
for (let time = 1; time <= Number(values.times); time++) verdicts.push(...(await proveAll(time, { runs: Number(values.runs), only })));
const broken = verdicts.filter((one) => one.violations.length > 0);
say(broken.length === 0 && verdicts.length > 0 ? `${verdicts.length} proofs hold` : `${broken.length} of ${verdicts.length} proofs failed`);
process.exitCode = broken.length === 0 && verdicts.length > 0 ? 0 : 1;
