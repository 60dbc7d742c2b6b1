import { useEffect, useState } from 'react';
import { createAnnouncer } from '../core/state/announcer.ts';
import { useTexts } from '../texts.ts';
import type { AnnouncementStore } from './session/use-session-parts.ts';

/** A change that is seen but not heard: the same words twice would not be read twice. */
const SILENT = '\u00a0';

/** Reads aloud what happened on the canvas and in a run: one message in two seconds at most. */
export function LiveRegion({ store }: { readonly store: AnnouncementStore }) {
  const { say } = useTexts();
  const [text, setText] = useState('');
  useEffect(() => {
    const announcer = createAnnouncer({
      nowMs: () => performance.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      speak: (announcements) => {
        const words = announcements.map(({ key, values }) => say(key, values)).join(' ');
        setText((before) => (before === words ? `${words}${SILENT}` : words));
      },
    });
    const { last } = store.getState();
    if (last) announcer.take(last);
    const stop = store.subscribe((state) => (state.last ? announcer.take(state.last) : undefined));
    return () => {
      stop();
      announcer.destroy();
    };
  }, [store, say]);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="announcements">
      {text}
    </div>
  );
}
