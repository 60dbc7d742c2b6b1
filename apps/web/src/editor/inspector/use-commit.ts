import { useCallback, useEffect, useRef, useState } from 'react';

/** Pause in typing after which a field is written into the document, ms. */
const COMMIT_AFTER_MS = 250;

/** Text of a field while it is typed. */
export interface LocalText {
  readonly text: string;
  readonly change: (text: string) => void;
  /** Writes what is not written yet, as on blur. */
  readonly flush: () => void;
}

/**
 * Keeps typing local and writes after a pause or on blur, so that a key never waits for the document.
 * A change from elsewhere (undo, a colleague) replaces the local text.
 */
export function useCommit(value: string, commit: (text: string) => void): LocalText {
  const [text, setText] = useState(value);
  const state = useRef({ written: value, local: value, commit });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    state.current.commit = commit;
  });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const { local, written } = state.current;
    if (local === written) return;
    state.current.written = local;
    state.current.commit(local);
  }, []);
  const change = useCallback(
    (next: string) => {
      state.current.local = next;
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, COMMIT_AFTER_MS);
    },
    [flush],
  );
  useEffect(() => {
    if (value === state.current.written) return;
    clearTimeout(timer.current);
    state.current.written = value;
    state.current.local = value;
    setText(value);
  }, [value]);
  // Nothing typed is lost when the field goes away.
  useEffect(() => flush, [flush]);
  return { text, change, flush };
}
