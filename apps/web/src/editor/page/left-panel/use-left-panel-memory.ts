import { useEffect } from 'react';
import { recall, remember } from '../../../api/device-memory.ts';
import { useSession } from '../../../api/session.ts';
import type { LeftPanel } from '../../core/state/interface-store.ts';
import { useEditor } from '../../session-context.ts';

/** Panels by their name in the memory of the device. */
const PANELS: Readonly<Record<string, LeftPanel>> = { outline: 'outline', find: 'find' };

/** Below this width the panel would hide the canvas: it opens only when it is asked for. */
const ROOM = '(width >= 1024px)';

/** Opens the panel that the person left open on this device, and remembers what is open. */
export function useLeftPanelMemory(): void {
  const { ui } = useEditor();
  const name = `leftPanel.${useSession().user.id}`;
  useEffect(() => {
    const kept = PANELS[recall(name) ?? ''];
    if (kept && matchMedia(ROOM).matches) ui.setState({ leftPanel: kept });
    return ui.subscribe((state, before) => {
      if (state.leftPanel !== before.leftPanel) remember(name, state.leftPanel);
    });
  }, [ui, name]);
}
