/**
 * `npm run fuzz:expressions`: compares the expression interpreter with V8 on generated expressions, half of them in each profile.
 *
 * Options: `--count N` (default 100,000), `--seed K` (default 1). The same seed gives the same expressions; expression i has the seed K + i,
 * so `--count 1 --seed S` tries one again. A failing one is printed, and once more made small.
 * `--parsers N` instead: compares the parser with acorn on generated sources.
 * `--hostile N` instead: evaluates N hostile expressions and compares live memory after a tenth of them and at the end.
 */
import { parseArgs } from 'node:util';
import { heapOverHostile } from '../packages/expressions/src/testing/hostile.ts';
import { disagreements } from '../packages/expressions/src/testing/judge.ts';
import { parserDifferences } from '../packages/expressions/src/testing/parsers.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const slice = 50_000;
const most = 5;

/** Live heap that may be there more after ten times as many hostile evaluations. */
const mostGrowth = 8 * 2 ** 20;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    hostile: { type: 'string' },
    parsers: { type: 'string' },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} is a whole number`);
  return value;
}

function compare(count: number, seed: number): boolean {
  let found = 0;
  for (let done = 0; done < count && found < most; done += slice) {
    const size = Math.min(slice, count - done);
    for (const one of disagreements(seed + done, size, most - found)) {
      found += 1;
      say(`seed ${one.seed} (${one.profile})\n  found ${one.found}\n  small ${one.small}\n  ours  ${one.ours}\n  V8    ${one.v8}`);
    }
    say(`${done + size} of ${count}`);
  }
  say(found === 0 ? `agreed with V8 on ${count} expressions` : 'differs from V8');
  return found === 0;
}

function weigh(count: number): boolean {
  const { before, after } = heapOverHostile(count, (done) => say(`${done} of ${count}`));
  const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  say(`live heap after ${Math.ceil(count / 10)}: ${mib(before)} MiB, after ${count}: ${mib(after)} MiB`);
  return after - before < mostGrowth;
}

function compareParsers(count: number, seed: number): boolean {
  const found = parserDifferences(seed, count, most);
  for (const one of found) say(one);
  say(found.length === 0 ? `agreed with acorn on ${count} sources` : 'differs from acorn');
  return found.length === 0;
}

function run(): boolean {
  const seed = whole('seed', values.seed);
  if (values.hostile !== undefined) return weigh(whole('hostile', values.hostile));
  return values.parsers === undefined
    ? compare(whole('count', values.count), seed)
    : compareParsers(whole('parsers', values.parsers), seed);
}

const isWell = run();
process.exitCode = isWell ? 0 : 1;
