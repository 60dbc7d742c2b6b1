import { useEffect } from 'react';
import { findAction, userActions } from '../../core/actions/registry.ts';
import { selectionText } from '../../core/actions/edit-actions.ts';
import { withPasting } from '../../core/actions/paste/with-pasting.ts';
import { actionForPress, type KeyPlace } from '../../core/actions/action-for-press.ts';
import { canRun } from '../../core/actions/user-action.ts';
import { pressOnCanvas } from '../../core/canvas-keys.ts';
import { useKeymapMemory } from './use-keymap-memory.ts';
import type { EditorSession } from '../../core/session.ts';

const TEXT = 'input, textarea, select, [contenteditable=true]';
const LAYER = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Where a key was pressed; null inside of dialogs and menus, which have keys of their own. */
function placeOf(target: EventTarget | null): KeyPlace | null {
  if (!(target instanceof Element)) return 'panel';
  if (target.closest(LAYER)) return null;
  if (target.closest(TEXT)) return 'text';
  if (target.closest('[data-outline]')) return 'outline';
  return target.closest('[data-canvas]') ? 'canvas' : 'panel';
}

function onKeyDown(session: EditorSession, event: KeyboardEvent): void {
  const place = placeOf(event.target);
  if (place === null || event.defaultPrevented || event.isComposing) return;
  if (place === 'canvas' && pressOnCanvas(session, event)) {
    event.preventDefault();
    return;
  }
  const action = actionForPress(userActions, event, place);
  if (!action) return;
  event.preventDefault();
  if (canRun(action, session)) action.run(session);
}

/** Copy, cut and paste by the browser's own events: they work without permission and on plain http. */
function onClipboard(session: EditorSession, event: ClipboardEvent): void {
  const place = placeOf(document.activeElement);
  if ((place !== 'canvas' && place !== 'outline') || !event.clipboardData) return;
  if (event.type === 'paste') {
    if (session.isReadOnly) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    withPasting(session, ({ pasteText }) => pasteText(session, text));
    return;
  }
  const action = findAction(event.type);
  if (!action || !canRun(action, session)) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', selectionText(session));
  action.run(session);
}

/** Listens for keys and clipboard events of the whole page while an editor is open. */
export function useShortcuts(session: EditorSession | null): void {
  useKeymapMemory();
  useEffect(() => {
    if (!session) return undefined;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    window.addEventListener('keydown', (event) => onKeyDown(session, event), options);
    for (const type of ['copy', 'cut', 'paste'] as const) document.addEventListener(type, (event) => onClipboard(session, event), options);
    return () => stop.abort();
  }, [session]);
}
