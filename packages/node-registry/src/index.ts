export { buildCatalog, inspectPackages, mergeReports, tryPackage, type BuildCatalogOptions, type CatalogFile } from './build-catalog.ts';
export { discoverNodePackages, type DiscoveredPackage, type Discovery, type PackageFailure } from './discover.ts';
export type { ChildReport } from './catalog-child.ts';
export { catalogOf, loadCatalog } from './load-catalog.ts';
export { loadPackage } from './load-package.ts';
export { loadRunners, runnersOf, type NodeRunners } from './load-runners.ts';
export { sourcePlace, type SourcePlace } from './source-place.ts';
export { PROOF_FILE, readProof, type ConnectorSummary, type Proof, type ProofBadge } from './proof.ts';
