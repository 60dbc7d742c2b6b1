import type { EditorSession } from '../../session.ts';
import type * as Pasting from './paste-steps.ts';

/** Fetches what pastes and duplicates: opening a workflow does not wait for it. */
export function loadPasting(): Promise<typeof Pasting> {
  return import('./paste-steps.ts');
}

/** Does something with what pastes; says so where it cannot be fetched. */
export function withPasting(session: EditorSession, act: (pasting: typeof Pasting) => void | Promise<void>): void {
  void loadPasting().then(act, () => session.say({ key: 'say.pasteOffline', values: {} }));
}
