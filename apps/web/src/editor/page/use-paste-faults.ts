import { useEffect } from 'react';
import { showToast } from '../../ui/layers/toast.tsx';
import type { EditorSession } from '../core/session.ts';
import { useTexts } from '../texts.ts';

/** Shows why a command that was pasted onto the canvas could not be read. */
export function usePasteFaults(session: EditorSession | null): void {
  const { t } = useTexts();
  useEffect(
    () =>
      session?.ui.subscribe(({ pasteFault }, before) => {
        if (pasteFault === null || pasteFault === before.pasteFault || pasteFault.nodeId !== null) return;
        const { line, column, message } = pasteFault;
        showToast({ title: t('curl.fault'), description: t('curl.faultAt', { line, column, message }), tone: 'failed' });
      }),
    [session, t],
  );
}
