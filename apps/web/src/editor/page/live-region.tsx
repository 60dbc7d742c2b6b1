import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../texts.ts';
import type { AnnouncementStore } from './use-session-parts.ts';

/** Announcements that follow each other faster are replaced by the newest, ms. */
const SETTLE_MS = 120;

/** Reads aloud what happened on the canvas. */
export function LiveRegion({ store }: { readonly store: AnnouncementStore }) {
  const { say } = useTexts();
  const announcement = useStore(store);
  const [text, setText] = useState('');
  useEffect(() => {
    const { last } = announcement;
    if (!last) return undefined;
    const timer = setTimeout(() => setText(say(last.key, last.values)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [announcement, say]);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="announcements">
      {text}
    </div>
  );
}
