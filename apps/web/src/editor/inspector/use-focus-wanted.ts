import { type RefObject, useEffect } from 'react';
import { useInterface } from '../session-context.ts';

const FOCUSABLE =
  'input:not([type=hidden]), textarea, [contenteditable=true], [role=combobox], [role=switch], button[aria-haspopup], select';

/** The place of a field path: itself, or the nearest parameter above it (`parameters.headers[0].value` → `parameters.headers`). */
function placeOf(root: HTMLElement, field: string): HTMLElement | null {
  const parameter = /^(parameters|settings|credentials)\.[^.[]+/.exec(field)?.[0];
  const place = parameter === undefined ? null : root.querySelector<HTMLElement>(`[data-field="${CSS.escape(parameter)}"]`);
  return place ?? root.querySelector<HTMLElement>('[data-field]:not([data-field=name])');
}

/** Moves the focus to a field that somebody asked for: a problem, Enter on the canvas, a new step. */
export function useFocusWanted(root: RefObject<HTMLElement | null>, nodeId: string, openTab: (tab: 'setup' | 'settings') => void): void {
  const wanted = useInterface((state) => state.wantedField);
  useEffect(() => {
    if (wanted?.nodeId !== nodeId) return undefined;
    openTab(wanted.field.startsWith('settings') ? 'settings' : 'setup');
    // The tab that was just opened is mounted in the next frame.
    const frame = requestAnimationFrame(() => {
      if (!root.current) return;
      const place = placeOf(root.current, wanted.field);
      const target =
        place?.querySelector<HTMLElement>(FOCUSABLE) ?? root.current.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
      place?.scrollIntoView({ block: 'nearest' });
      for (const old of root.current.querySelectorAll('[data-pointed]')) old.removeAttribute('data-pointed');
      if (wanted.isQuiet) place?.setAttribute('data-pointed', '');
      else target?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, nodeId, root, openTab]);
}
