export { createEgress, type Egress, type EgressOptions, type EgressRequest, type EgressResponse } from './create-egress.ts';
export type { SocketTarget } from './connect-socket.ts';
export type { Resolve, ResolvedAddress } from './dispatchers.ts';
export { toEgressError } from './errors.ts';
export type { GuardedSocket } from './guarded-socket.ts';
export { openMailSocket, type MailSocketOptions, type MailTarget } from './open-mail-socket.ts';
export { DEFAULT_LIMITS, type EgressLimits } from './limits.ts';
export type { SocketProtocol } from './socket-ports.ts';
