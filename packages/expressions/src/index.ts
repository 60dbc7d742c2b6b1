// Programs and workers have every part of the language from the start.
import './parts/all.ts';

export { analyze, type Analysis } from './analyze.ts';
export * from './browser/index.ts';
export { describeFunctions, type FunctionDescription } from './describe.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { prepareParameters, type PreparedParameters } from './prepared-parameters.ts';
export { analyzeProgram, type ProgramAnalysis, type ProgramFault } from './program/analyze-program.ts';
