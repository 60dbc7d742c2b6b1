import type { Connection, Document } from '@hocuspocus/server';
import { readPresence } from '@millwright/workflow/draft';
import type { Principal } from '../principal.ts';

/** A socket that says where its person is in a draft. */
export interface PresenceSource {
  readonly document: Document;
  readonly connection: Connection;
  readonly principal: Principal;
}

/** Whether a page may speak under a number: nobody has it, or the same person at a socket that is about to close. */
function mayUse(clientId: number, { document, connection, principal }: PresenceSource): boolean {
  const own: ReadonlySet<unknown> = document.getClients(connection);
  if (own.size > 0 && !own.has(clientId)) return false;
  for (const other of document.getConnections()) {
    const clients = document.getClients(other);
    if (other === connection || !clients.has(clientId)) continue;
    if ((other.context as { readonly principal: Principal }).principal.userId !== principal.userId) return false;
    clients.delete(clientId);
  }
  return true;
}

/**
 * Makes what a page says about itself safe to pass on: its parts are checked, and the person is put in from the socket's
 * session, whatever the page claims. One page has one number, and none speaks for another's.
 * @param states by page; changed in place, as Hocuspocus wants it
 */
export function stampPresence(states: Map<number, unknown>, source: PresenceSource): void {
  const { userId, name } = source.principal;
  for (const [clientId, state] of states) {
    const says = typeof state === 'object' && state !== null && Object.keys(state).length > 0;
    if (!says || !mayUse(clientId, source)) {
      states.delete(clientId);
      continue;
    }
    // Hocuspocus notes the number of a new page only; of one that came back it would keep the presence after it left.
    source.document.getClients(source.connection).add(clientId);
    states.set(clientId, { ...readPresence(state), user: { id: userId, name, canEdit: !source.connection.readOnly } });
  }
}
