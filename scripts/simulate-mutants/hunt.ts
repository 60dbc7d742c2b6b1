/** Plays one simulation until a seed does not hold: prints it and ends with code 1; with 0 when all hold. Arguments: its name, seeds. */
import { findFailures, seedsFrom, SIMULATIONS } from '../../packages/testing/src/simulation/simulations.ts';

const [name = '', seeds = '0'] = process.argv.slice(2);
const simulations = SIMULATIONS.filter((one) => one.name === name);
if (simulations.length === 0) throw new Error(`there is no simulation ${name}`);
const [failure] = await findFailures(seedsFrom(0, Number(seeds)), simulations, 1);
if (failure !== undefined) process.stdout.write(`${failure.scenario.seed}\t${failure.wrong[0]?.split('\n')[0]?.slice(0, 140) ?? ''}\n`);
process.exitCode = failure === undefined ? 0 : 1;
