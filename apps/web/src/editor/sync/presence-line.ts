import { ABSENT, type Peer, readPeer } from '@millwright/workflow/draft';
import type { Awareness } from 'y-protocols/awareness';
import { createPresence, type PresencePort } from '../core/state/presence-store.ts';

/** Presence of this page. */
export interface PresenceOnLine {
  readonly port: PresencePort;
  /** Says once more that somebody is here, after the line was broken: of the same age it would be taken for what the server withdrew. */
  readonly renew: () => void;
  readonly stop: () => void;
}

/**
 * Presence over the draft's awareness: what others send is read by its schema, as a colleague's page may be hostile;
 * who they are was put in by the server.
 * @param userId the person in front of this page
 */
export function openPresenceLine(awareness: Awareness, userId: string): PresenceOnLine {
  const peers = new Map<number, Peer>();
  const presence = createPresence({ userId, send: (own) => awareness.setLocalState(own) });
  const hear = ({ added, updated, removed }: Readonly<Record<'added' | 'updated' | 'removed', readonly number[]>>): void => {
    for (const pageId of removed) peers.delete(pageId);
    for (const pageId of [...added, ...updated]) {
      const peer = pageId === awareness.clientID ? null : readPeer(awareness.getStates().get(pageId));
      if (peer === null) peers.delete(pageId);
      else peers.set(pageId, peer);
    }
    presence.take(peers);
  };
  awareness.on('change', hear);
  // Somebody is here: without this others would not know, and nobody would be told anything.
  awareness.setLocalState(ABSENT);
  return {
    port: presence.port,
    renew: () => awareness.setLocalState(awareness.getLocalState()),
    stop: () => {
      presence.stop();
      awareness.off('change', hear);
    },
  };
}
