export { loadConfig, type Environment } from './config.ts';
export { Lifecycle, type StopFault } from './lifecycle.ts';
export { createLogger, LOG_LEVELS, withoutUrlPasswords, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { findFreePorts, isPortFree } from './ports.ts';
export { runProgram, type Program } from './program.ts';
export { createProgress, type Progress, type ProgressNote, type ProgressTarget } from './progress.ts';
export { Secret } from './secret.ts';
