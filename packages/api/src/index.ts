export { createApi, type Api } from './api.ts';
export type { ApiPorts, CredentialParts, ManualStart, NodeFault, RunControl } from './deps.ts';
export type { Plug, ProofReceiver } from './reliability/plug-proof.ts';
export { checkApp, type Mount } from './registry/check.ts';
export type { RateClass, RateLimit } from './registry/rate-limit.ts';
export { rolesWith } from './permissions.ts';
export { problemHandler, refuseUnknown } from './registry/router.ts';
