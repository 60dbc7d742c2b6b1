import type { Role } from '@millwright/contracts/permissions';
import type { WorkspaceId } from '@millwright/core';

/** Who is acting, in which workspace, as what. Made from a session, once per request. */
export interface Principal {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly sessionId: string;
  /** Ms since 1970. */
  readonly expiresAtMs: number;
  readonly memberId: string;
  readonly role: Role;
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
}
