import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../texts.ts';
import type { AnnouncementStore } from './use-session-parts.ts';

/** Announcements that follow each other faster are replaced by the newest, ms. */
const SETTLE_MS = 120;

/** Reads aloud what happened on the canvas. */
export function LiveRegion({ store }: { readonly store: AnnouncementStore }) {
  const { say } = useTexts();
  const { last, number } = useStore(store);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!last) return undefined;
    const timer = setTimeout(() => setText(say(last.key, last.values)), SETTLE_MS);
    return () => clearTimeout(timer);
    // A number per announcement: the same words twice are two announcements.
  }, [number]);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="announcements">
      {text}
    </div>
  );
}
