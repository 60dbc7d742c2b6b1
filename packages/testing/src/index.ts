export { CHROMIUM_SWITCHES, findChromium } from './chromium.ts';
export { testCluster } from './cluster.ts';
export { sketchDocument, type EdgeSketch, type NodeSketch } from './documents.ts';
export { eventually } from './eventually.ts';
export { prepareInstall, processesOf, type Install } from './install.ts';
export { createOwner, type SignedIn } from './owner.ts';
export { ROOT } from './prepare.ts';
export { startProduct, type Product, type ProductOptions } from './product.ts';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
