import type { CSSProperties } from 'react';
import { isEditing } from '../../core/state/presence-store.ts';
import { usePagesAt } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import './presence.css';

/** Around a step that somebody else has chosen or edits: a ring in their colour, and who it is. */
export function PeerRing({ nodeId }: { readonly nodeId: string }) {
  const { t } = useTexts();
  const pages = usePagesAt(nodeId);
  // Who edits is more to be known than who looks.
  const first = pages.find((page) => isEditing(page, nodeId)) ?? pages[0];
  if (!first) return null;
  const edits = isEditing(first, nodeId);
  const name = first.isMe ? t('people.me') : first.name;
  return (
    <span className="mw-peer" style={{ '--peer': `var(--peer-${first.color})` } as CSSProperties} data-editing={edits || undefined}>
      <span className="mw-peer-name">
        {edits ? t('people.editing', { name: `\u2068${name}\u2069` }) : <bdi>{name}</bdi>}
        {pages.length > 1 ? <span className="num"> +{pages.length - 1}</span> : null}
      </span>
    </span>
  );
}
