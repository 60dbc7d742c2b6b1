import type { EditorSession } from '../session.ts';

/** Places that offer an action, besides the palette and the `?` sheet, which offer all; `arrange`: the bar of a selection. */
export type ActionPlace = 'toolbar' | 'node' | 'edge' | 'pane' | 'selection' | 'note' | 'section' | 'arrange';

/**
 * One thing that a person can do in the editor. The same object feeds tool bar, context menu,
 * shortcut, palette, `?` sheet and tests; its title is the text `actions.<id>`.
 */
export interface UserAction {
  readonly id: string;
  readonly group: 'edit' | 'step' | 'arrange' | 'view' | 'workflow';
  /** Name of its icon in `icons.ts`. */
  readonly icon: string;
  /** Shortcuts such as `mod+shift+z`, the first one is shown. */
  readonly keys: readonly string[];
  /** `canvas`: keys act only while the canvas has the focus. `editor`: also in panels, never in text fields unless with Mod. */
  readonly scope: 'canvas' | 'editor';
  /** The browser's own clipboard event does it; the key press is left alone. */
  readonly isNative?: boolean;
  readonly places: readonly ActionPlace[];
  /** Whether it changes the draft: disabled where that is not allowed. */
  readonly changesDraft: boolean;
  readonly isEnabled: (session: EditorSession) => boolean;
  readonly run: (session: EditorSession) => void;
}

/** Whether an action may be used now. */
export function canRun(action: UserAction, session: EditorSession): boolean {
  return !(action.changesDraft && session.isReadOnly) && action.isEnabled(session);
}
