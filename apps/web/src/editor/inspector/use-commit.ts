import { useCallback, useEffect, useRef, useState } from 'react';
import { useEditor } from '../session-context.ts';

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
  const { ui } = useEditor();
  const [text, setText] = useState(value);
  const state = useRef({ written: value, local: value, commit, isTyping: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    state.current.commit = commit;
  });

  // The save pill must not say Saved while the document lacks what is in a field.
  const setTyping = useCallback(
    (isTyping: boolean): void => {
      if (state.current.isTyping === isTyping) return;
      state.current.isTyping = isTyping;
      ui.setState(({ typing }) => ({ typing: typing + (isTyping ? 1 : -1) }));
    },
    [ui],
  );
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const { local, written } = state.current;
    if (local !== written) {
      state.current.written = local;
      state.current.commit(local);
    }
    setTyping(false);
  }, [setTyping]);
  const change = useCallback(
    (next: string) => {
      state.current.local = next;
      setText(next);
      setTyping(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, COMMIT_AFTER_MS);
    },
    [flush, setTyping],
  );
  useEffect(() => {
    if (value === state.current.written) return;
    clearTimeout(timer.current);
    state.current.written = value;
    state.current.local = value;
    setText(value);
    setTyping(false);
  }, [value, setTyping]);
  // Nothing typed is lost when the field goes away.
  useEffect(() => flush, [flush]);
  return { text, change, flush };
}
