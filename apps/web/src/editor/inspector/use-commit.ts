import { type RefObject, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
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

/** Nothing typed is lost when the field or the page goes away: it is written while the draft is still open. */
function useFlushOnLeave(flush: () => void, isTyping: RefObject<boolean>): void {
  useLayoutEffect(() => flush, [flush]);
  useEffect(() => {
    const leave = (): void => (document.visibilityState === 'hidden' && isTyping.current ? flush() : undefined);
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  }, [flush, isTyping]);
}

/** Counts the fields that hold what the document does not: the save pill must not say Saved meanwhile. */
function useTyping(): { readonly isTyping: RefObject<boolean>; readonly setTyping: (isTyping: boolean) => void } {
  const { ui } = useEditor();
  const isTyping = useRef(false);
  const setTyping = useCallback(
    (next: boolean): void => {
      if (isTyping.current === next) return;
      isTyping.current = next;
      ui.setState(({ typing }) => ({ typing: typing + (next ? 1 : -1) }));
    },
    [ui],
  );
  return { isTyping, setTyping };
}

/**
 * Keeps typing local and writes after a pause or on blur, so that a key never waits for the document.
 * Each key is kept on this device at once: a tab that is killed before the pause loses nothing.
 * A change from elsewhere (undo, a colleague) replaces the local text, unless it is being typed: who types last, writes.
 */
export function useCommit(value: string, commit: (text: string) => void): LocalText {
  const { draft, typed } = useEditor();
  const id = useId();
  const [text, setText] = useState(value);
  const state = useRef({ written: value, local: value, commit });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    state.current.commit = commit;
  });

  const { isTyping, setTyping } = useTyping();
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const { local, written } = state.current;
    if (local !== written) {
      state.current.written = local;
      state.current.commit(local);
    }
    if (isTyping.current) typed?.forget(id);
    setTyping(false);
  }, [isTyping, setTyping, typed, id]);
  const change = useCallback(
    (next: string) => {
      state.current.local = next;
      setText(next);
      setTyping(true);
      typed?.keep(
        id,
        draft.planOf(() => state.current.commit(next)),
      );
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, COMMIT_AFTER_MS);
    },
    [flush, setTyping, typed, draft, id],
  );
  useEffect(() => {
    if (value === state.current.written) return;
    state.current.written = value;
    if (isTyping.current) return;
    clearTimeout(timer.current);
    state.current.local = value;
    // oxlint-disable-next-line react/set-state-in-effect -- only when the change arrives is it known whether somebody is typing over it
    setText(value);
    setTyping(false);
  }, [value, isTyping, setTyping]);
  useFlushOnLeave(flush, isTyping);
  return { text, change, flush };
}
