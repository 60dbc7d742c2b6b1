export { ensureNamespace, type NamespaceWait } from './namespace.ts';
export { findTemporalServer, obtainTemporalServer, type ObtainOptions } from './obtain/obtain.ts';
export { temporalCacheDir, type TemporalBinaries } from './obtain/binaries.ts';
export { setUpTemporalDatabases, type RunSql, type SchemaSetup } from './schema.ts';
export {
  temporalServerSettings,
  type SchemaCommand,
  type TemporalDatabase,
  type TemporalInstall,
  type TemporalPorts,
  type TemporalPostgres,
  type TemporalServerSettings,
} from './settings.ts';
export { startTemporal, type TemporalStart } from './start.ts';
export { HISTORY_RETENTION_DAYS, TEMPORAL_NAMESPACE, TEMPORAL_VERSION } from './version.ts';
