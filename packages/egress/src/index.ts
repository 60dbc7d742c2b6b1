export { createEgress, type Egress, type EgressOptions, type EgressRequest, type EgressResponse } from './create-egress.ts';
export type { SocketTarget } from './sockets/connect-socket.ts';
export type { Resolve, ResolvedAddress } from './dispatchers.ts';
export { toEgressError } from './errors.ts';
export type { GuardedSocket } from './sockets/guarded-socket.ts';
export { openMailSocket, type MailSocketOptions, type MailTarget } from './sockets/open-mail-socket.ts';
export { DEFAULT_LIMITS, type EgressLimits } from './limits.ts';
export type { SocketProtocol } from './sockets/socket-ports.ts';
export { withinWorkspace, type HostPolicy, type PolicyOf } from './workspace-policy.ts';
