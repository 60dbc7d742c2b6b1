export { startInfrastructure, type Infrastructure, type InfrastructureOptions } from './infrastructure.ts';
export { supervise, type Install, type SuperviseOptions } from './supervise.ts';
export type { ServerMessage, ServerProgram } from './server-child.ts';
export type { Stage } from './context.ts';
export { findPostgres, type PostgresBinaries } from './postgres/binaries.ts';
export { lockHolder, type LockHolder } from './install/lock.ts';
export { findTemporal, reachableDatabase } from './checks.ts';
export { runningDatabaseUrl } from './postgres/start-database.ts';
