export { buildCatalog, tryPackage, type BuildCatalogOptions, type CatalogFile } from './build-catalog.ts';
export { discoverNodePackages, type DiscoveredPackage, type Discovery, type PackageFailure } from './discover.ts';
export { catalogOf, loadCatalog } from './load-catalog.ts';
export { loadRunners, type NodeRunners } from './load-runners.ts';
export { PROOF_FILE, type ConnectorSummary, type Proof, type ProofBadge } from './proof.ts';
