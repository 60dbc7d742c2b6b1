import { problem } from './de-problem.ts';
import { run } from './de-run.ts';

/** German texts of findings and errors that the server brings in English. */
export default { problem, run };
